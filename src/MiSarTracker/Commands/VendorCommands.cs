using System.CommandLine;
using MiSarTracker.Core.Vendors;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar vendor list | show | check</c></summary>
internal static class VendorCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("vendor", "Vendor profiles: whom to write to, and what their uploads and answers hold.", isNamed, () =>
        [
            List(wiring), Show(wiring), VendorCheckCommand.Create(wiring),
        ]);

    private static Command List(Wiring wiring) =>
        CommandLine.Describe("list", "Lists the profiles.", "misar vendor list").Doing(wiring, (_, session, _) =>
        {
            var profiles = session.Templates.VendorIds().Select(session.Templates.Vendor).ToList();
            session.Screen.AsJson(json =>
            {
                json.WriteStartArray("vendors");
                foreach (var profile in profiles)
                {
                    json.WriteStartObject();
                    json.WriteString("id", profile.Id);
                    json.WriteString("name", profile.Name);
                    json.WriteString("source", Source(session.Templates, profile.Id));
                    json.WriteStartArray("products");
                    profile.Products.ToList().ForEach(json.WriteStringValue);
                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            session.Screen.Table(
                ["id", "name", "where from", "products"],
                [.. profiles.Select(profile => new[] { profile.Id, profile.Name, Source(session.Templates, profile.Id), string.Join(", ", profile.Products.Take(3)) + (profile.Products.Count > 3 ? ", …" : "") })]);
            session.Screen.Next($"misar vendor show {profiles.FirstOrDefault()?.Id}");
            return Task.FromResult(0);
        });

    private static string Source(Templates templates, string id) =>
        !templates.IsOwn(id) ? "shipped" : templates.IsShipped(id) ? "yours, instead of the shipped one" : "yours";

    private static Command Show(Wiring wiring)
    {
        var id = new Argument<string>("ID") { Description = "The profile's id." };
        return CommandLine.Describe("show", "Shows a profile: controllers with what is known of them, hosts, uploads, tables.", "misar vendor show xiaomi-mi-fit")
            .With(id)
            .Doing(wiring, (result, session, _) =>
            {
                var profile = session.Templates.Vendor(result.GetValue(id)!);
                AsJson(session.Screen, profile);
                AsText(session.Screen, profile);
                return Task.FromResult(0);
            });
    }

    private static void AsJson(Screen screen, VendorProfile profile) => screen.AsJson(json =>
    {
        json.WriteString("id", profile.Id);
        json.WriteString("name", profile.Name);
        json.WriteStartArray("controllers");
        foreach (var controller in profile.Controllers)
        {
            json.WriteStartObject();
            json.WriteString("id", controller.Id);
            json.WriteString("name", controller.Name);
            json.WriteString("email", controller.Email);
            json.WriteString("country", controller.Country);
            json.WriteBoolean("default", controller.Default);
            json.WriteStartArray("notes");
            foreach (var note in controller.Notes)
            {
                json.WriteStartObject();
                json.WriteString("text", note.Text);
                json.WriteBoolean("warning", note.Warning);
                json.WriteString("date", note.Date is { } date ? LocalDatePattern.Iso.Format(date) : null);
                json.WriteString("status", Status(note.Status));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("hosts");
        foreach (var host in profile.Hosts)
        {
            json.WriteStartObject();
            json.WriteString("match", host.Match.ToString());
            json.WriteString("role", host.Role);
            json.WriteString("owner", host.Owner);
            json.WriteString("country", host.Country);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Ids(json, "uploads", profile.Uploads.Select(rule => (rule.Id, rule.Because)));
        Ids(json, "exports", profile.Exports.Select(rule => (rule.Id, rule.Because)));
        Ids(json, "notMapped", profile.NotMapped.Select(rule => (rule.Member.ToString(), rule.Because)));
    });

    private static void Ids(System.Text.Json.Utf8JsonWriter json, string name, IEnumerable<(string Id, string Because)> rules)
    {
        json.WriteStartArray(name);
        foreach (var (id, because) in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("because", because);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void AsText(Screen screen, VendorProfile profile)
    {
        screen.Heading($"{profile.Name} ({profile.Id})");
        screen.Line(string.Join(", ", profile.Products));
        foreach (var controller in profile.Controllers)
        {
            screen.Line();
            screen.Heading($"{controller.Id}{(controller.Default ? "  (the default)" : "")}");
            screen.Line($"  {controller.Name}");
            screen.Line($"  {controller.Email ?? "no e-mail address known"}");
            screen.Line($"  {string.Join(", ", controller.Address.Append(controller.Country))}");
            foreach (var note in controller.Notes)
            {
                var date = note.Date is { } day ? $"{LocalDatePattern.Iso.Format(day)}, " : "";
                screen.Paragraph($"{(note.Warning ? "! " : "- ")}{note.Text} ({date}{Status(note.Status)})", "  ");
            }
        }

        screen.Line();
        screen.Heading("Hosts");
        screen.Table(["role", "owner", "country", "pattern"], [.. profile.Hosts.Select(host => new[] { host.Role, host.Owner, host.Country ?? "-", host.Match.ToString() })]);
        screen.Line();
        screen.Heading("What its requests carry");
        screen.Table(["id", "how it is read"], [.. profile.Uploads.Select(upload => new[] { upload.Id, upload.Decoder ?? "by paths in the profile" })]);
        screen.Line();
        screen.Heading("What its answers hold");
        screen.Table(["table", "category"], [.. profile.Exports.Select(export => new[] { export.Id, export.Category.Name })]);
        if (profile.NotMapped.Count > 0)
        {
            screen.Line();
            screen.Heading("What is left unmapped on purpose, and still searched");
            foreach (var rule in profile.NotMapped)
            {
                screen.Paragraph($"- {rule.Member}{(rule.Rows.Count > 0 ? $" ({string.Join(", ", rule.Rows.Select(row => $"{row.Column} {string.Join("|", row.Equal)}"))})" : "")}: {rule.Because}", "  ");
            }
        }

        if (profile.KnownOmissions.Count > 0)
        {
            screen.Line();
            screen.Heading("What its answers are known to lack");
            profile.KnownOmissions.ToList().ForEach(omission => screen.Paragraph($"- {omission.Category}: {omission.Text}", "  "));
        }

        screen.Next($"misar case open --vendor {profile.Id} --identifier user-id=…");
    }

    private static string Status(Certainty certainty) => certainty.ToString().ToLowerInvariant();
}
