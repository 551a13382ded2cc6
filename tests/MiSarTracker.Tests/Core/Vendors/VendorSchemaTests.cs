using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using MiSarTracker.Core;
using MiSarTracker.Core.Vendors;
using Xunit;

namespace MiSarTracker.Tests.Core.Vendors;

/// <summary>The schema for editors says what the strict reader says; an independent validator is the judge.</summary>
public sealed class VendorSchemaTests
{
    private const string Validator = """
        import json, sys
        from jsonschema import Draft202012Validator
        Draft202012Validator.check_schema(json.load(open(sys.argv[1])))
        validator = Draft202012Validator(json.load(open(sys.argv[1])))
        for line in open(sys.argv[2], encoding='utf-8'):
            print('1' if validator.is_valid(json.loads(line)) else '0')
        """;

    /// <summary>What one property alone cannot show: a schema does not say it.</summary>
    private static readonly string[] NotStructural =
    [
        "is there twice", "exactly one controller is the default", "is no canonical name", "is no stage", "cannot be the unit of", "is no path into a row",
        "is not among the secrets' names", "is no field of this rule",
    ];

    private static string SchemaFile => Path.Combine(Repository.Root, "templates", "vendors", "vendor.schema.json");

    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "templates", "vendors"), "*.json").Where(path => !path.EndsWith("schema.json", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void TheSchemaIsMadeOfTheTypesThatTheReaderFills()
    {
        var made = ProfileSchema.Make();
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            File.WriteAllText(SchemaFile, made);
        }

        Assert.Equal(made, File.ReadAllText(SchemaFile));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void SchemaAndReaderAgreeOnEveryMutationOfAShippedProfile(string file)
    {
        var profile = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "templates", "vendors", file)))!;
        Skeleton(profile, "", []);
        var all = Mutations(profile).Prepend(("as it is", profile.ToJsonString())).ToList();
        Assert.True(all.Count > 300, $"only {all.Count} mutations");

        // The validator takes some 20 ms for each: in every run the same few hundred, with MISAR_MUTATIONS as many as it says.
        var stride = Math.Max(1, all.Count / Fuzz.Inputs(300));
        var cases = all.Where((_, index) => index % stride == 0).ToList();
        var schema = Validate(cases.Select(one => one.Item2));
        var disagreements = new List<string>();
        for (var i = 0; i < cases.Count; i++)
        {
            var (what, json) = cases[i];
            var refused = Refusal(json);
            if (schema[i] == (refused is null) || (schema[i] && NotStructural.Any(reason => refused!.Contains(reason, StringComparison.Ordinal))))
            {
                continue;
            }

            disagreements.Add($"{what}: the reader {refused ?? "accepts"}, the schema {(schema[i] ? "accepts" : "refuses")}");
        }

        Assert.True(disagreements.Count == 0, $"{disagreements.Count} of {cases.Count}:\n" + string.Join('\n', disagreements.Take(30)));
        Assert.True(schema[0]);
    }

    /// <summary>Keeps of each list of objects the elements that have something new: the same rules in a small document.</summary>
    private static void Skeleton(JsonNode node, string path, HashSet<string> seen)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields)
            {
                seen.Add($"{path}.{name}");
                Skeleton(value!, $"{path}.{name}", seen);
            }
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count;)
            {
                var before = seen.Count;
                Skeleton(list[i]!, path + "[]", seen);
                if (seen.Count == before && i > 0 && list[i] is JsonObject)
                {
                    list.RemoveAt(i);
                }
                else
                {
                    i++;
                }
            }
        }
    }

    private static IEnumerable<(string What, string Json)> Mutations(JsonNode root)
    {
        // Each place of the grammar once: the second host is no other kind of thing than the first.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Paths(root, []).Where(path => seen.Add(string.Join('/', path.Select(step => step is int ? "*" : step)))).ToList())
        {
            var name = string.Join('/', path);
            foreach (var (what, value) in Values(At(root, path)))
            {
                yield return ($"{name} = {what}", With(root, path, value));
            }

            if (path.Count > 0 && path[^1] is string)
            {
                var copy = root.DeepClone();
                At(copy, path.SkipLast(1)).AsObject().Remove((string)path[^1]);
                yield return ($"{name} removed", copy.ToJsonString());
            }

            if (At(root, path) is JsonObject)
            {
                var copy = root.DeepClone();
                At(copy, path).AsObject()["unheardOf"] = JsonValue.Create(true);
                yield return ($"{name} with an unknown property", copy.ToJsonString());
            }
        }
    }

    private static IEnumerable<(string What, JsonNode? Value)> Values(JsonNode node)
    {
        yield return ("null", null);
        if (node is JsonObject or JsonArray)
        {
            yield return ("a text", JsonValue.Create("text"));
            yield return (node is JsonObject ? "an empty object" : "an empty list", node is JsonObject ? new JsonObject() : new JsonArray());
            yield break;
        }

        yield return ("an object", new JsonObject());
        if (node.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            yield return ("a number", JsonValue.Create(7));
            yield return ("a blank", JsonValue.Create(" "));
            yield return ("nonsense", JsonValue.Create("Nonsense, that is not there!"));
        }
        else
        {
            yield return ("a text", JsonValue.Create("text"));
            yield return ("a negative number", JsonValue.Create(-7));
        }
    }

    private static IEnumerable<IReadOnlyList<object>> Paths(JsonNode node, List<object> path)
    {
        yield return path;
        IEnumerable<(object Step, JsonNode Node)> parts = node switch
        {
            JsonObject fields => fields.Select(field => ((object)field.Key, field.Value!)),
            JsonArray list => list.Select((one, index) => ((object)index, one!)),
            _ => [],
        };
        foreach (var (step, part) in parts)
        {
            foreach (var deeper in Paths(part, [.. path, step]))
            {
                yield return deeper;
            }
        }
    }

    private static JsonNode At(JsonNode root, IEnumerable<object> path) =>
        path.Aggregate(root, (node, step) => step is string name ? node[name]! : node[(int)step]!);

    private static string With(JsonNode root, IReadOnlyList<object> path, JsonNode? value)
    {
        if (path.Count == 0)
        {
            return value?.ToJsonString() ?? "null";
        }

        var copy = root.DeepClone();
        var parent = At(copy, path.SkipLast(1));
        if (path[^1] is string name)
        {
            parent[name] = value;
        }
        else
        {
            parent[(int)path[^1]] = value;
        }

        return copy.ToJsonString();
    }

    private static string? Refusal(string json)
    {
        try
        {
            VendorProfileReader.Read(Encoding.UTF8.GetBytes(json), "p.json");
            return null;
        }
        catch (BadInput refused)
        {
            return $"refuses {refused.Where}: {refused.Reason}";
        }
    }

    private static List<bool> Validate(IEnumerable<string> documents)
    {
        var folder = Directory.CreateTempSubdirectory("misar-schema-");
        try
        {
            var (script, lines) = (Path.Combine(folder.FullName, "validate.py"), Path.Combine(folder.FullName, "documents.jsonl"));
            File.WriteAllText(script, Validator);
            File.WriteAllLines(lines, documents);
            using var python = Process.Start(new ProcessStartInfo("python3", [script, SchemaFile, lines]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.True(python.ExitCode == 0, $"The validator is needed: apt-get install python3-jsonschema\n{errors.Result}");
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim() == "1")];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
