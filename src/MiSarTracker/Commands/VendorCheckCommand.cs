using System.CommandLine;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar vendor check</c></summary>
internal static class VendorCheckCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Every profile that is known: the shipped ones and your own." };

    public static Command Create(Wiring wiring)
    {
        var file = new Argument<string?>("FILE") { Description = "A profile, for example templates/vendors/xiaomi-mi-fit.json, or the id of a known one.", Arity = ArgumentArity.ZeroOrOne };
        return CommandLine.Describe("check", "Validates a profile and runs its samples.", "misar vendor check my-vendor.json")
            .With(file, All)
            .Doing(wiring, (result, session, cancellationToken) =>
            {
                var files = Files(session, result.GetValue(file), result.GetValue(All));
                var checkedFiles = files.Select(path => Check(path, cancellationToken)).ToList();
                Print(session.Screen, checkedFiles);
                return Task.FromResult(checkedFiles.Exists(one => !one.IsGood) ? 3 : 0);
            });
    }

    private static List<string> Files(Session session, string? given, bool all)
    {
        if (all == given is not null)
        {
            throw new Refusal("Name one profile, or say --all.", "misar vendor check my-vendor.json");
        }

        if (given is null)
        {
            return [.. session.Templates.VendorIds().Select(session.Templates.VendorFile)];
        }

        return [!File.Exists(given) && session.Templates.VendorIds().Contains(given) ? session.Templates.VendorFile(given) : given];
    }

    private sealed record Checked(string Path, VendorProfile? Profile, BadInput? Refused, IReadOnlyList<SampleOutcome> Samples)
    {
        public bool IsGood => Refused is null && Samples.All(sample => sample.Problems.Count == 0);
    }

    private static Checked Check(string path, CancellationToken cancellationToken)
    {
        try
        {
            var profile = VendorProfileReader.Read(InputFile.ReadAll(path), path);
            return new Checked(path, profile, null, VendorSamples.Run(profile, Path.GetDirectoryName(Path.GetFullPath(path))!, cancellationToken));
        }
        catch (BadInput refused)
        {
            return new Checked(path, null, refused, []);
        }
    }

    private static void Print(Screen screen, List<Checked> profiles)
    {
        screen.AsJson(json =>
        {
            json.WriteBoolean("valid", profiles.TrueForAll(one => one.IsGood));
            if (profiles is [{ Profile: { } only }])
            {
                json.WriteString("id", only.Id);
            }

            json.WriteStartArray("profiles");
            profiles.ForEach(one => AsJson(json, one));
            json.WriteEndArray();
        });
        profiles.ForEach(one => AsText(screen, one));
    }

    private static void AsJson(Utf8JsonWriter json, Checked one)
    {
        json.WriteStartObject();
        json.WriteString("path", one.Path);
        json.WriteString("id", one.Profile?.Id);
        json.WriteBoolean("valid", one.IsGood);
        json.WriteString("at", one.Refused?.Where);
        json.WriteString("reason", one.Refused?.Reason);
        json.WriteStartArray("samples");
        foreach (var sample in one.Samples)
        {
            json.WriteStartObject();
            json.WriteString("file", sample.Sample.File);
            json.WriteStartObject("found");
            foreach (var (category, count) in sample.Found)
            {
                json.WriteNumber(category.Name, count);
            }

            json.WriteEndObject();
            json.WriteStartArray("problems");
            sample.Problems.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void AsText(Screen screen, Checked one)
    {
        if (one.Refused is { } refused)
        {
            screen.Paragraph($"{refused.Message}{(refused.Remedy is { } remedy ? " " + remedy : "")}", "");
            return;
        }

        var profile = one.Profile!;
        screen.Line($"{one.Path}: the profile {profile.Id} is valid: {profile.Controllers.Count} controllers, {profile.Uploads.Count} kinds of request, {profile.Exports.Count} tables.");
        if (one.Samples.Count == 0)
        {
            screen.Line("  ! It has no samples: nothing shows that it reads what it says.");
        }

        foreach (var sample in one.Samples)
        {
            screen.Line($"  {(sample.Problems.Count == 0 ? "as expected" : "NOT AS EXPECTED")}: {sample.Sample.File}");
            sample.Problems.ToList().ForEach(problem => screen.Paragraph("! " + problem, "    "));
        }
    }
}
