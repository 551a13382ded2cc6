using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Tests.Core.Vendors;

/// <summary>
/// Makes templates/vendors/vendor.schema.json out of the types that the strict reader fills, their documentation, and the
/// rules that a schema can say. The file is compared with what this makes, so it cannot fall behind the reader.
/// </summary>
internal static class ProfileSchema
{
    private const string Text = """{ "pattern": "\\S" }""";
    private const string Id = """{ "pattern": "^[a-z0-9-]+$" }""";
    private const string Country = """{ "pattern": "^[A-Z]{2}$" }""";
    private const string Path = """{ "type": "string", "pattern": "^[$@?](\\.[^.\\[]+|\\[([0-9]{1,9}|\\*)\\])*$" }""";
    private const string Paths = $$"""{ "additionalProperties": {{Path}} }""";
    private const string Scale = """{ "additionalProperties": { "type": "number", "exclusiveMinimum": 0, "maximum": 1000000 } }""";

    /// <summary>What the reader checks beyond shapes, by type and property.</summary>
    private static readonly Dictionary<string, string> Rules = new()
    {
        ["VendorProfile.Id"] = Id,
        ["VendorProfile.Name"] = Text,
        ["VendorProfile.Controllers"] = """{ "contains": { "type": "object", "properties": { "default": { "const": true } }, "required": ["default"] }, "minContains": 1, "maxContains": 1 }""",
        ["Controller.Id"] = Id,
        ["Controller.Country"] = Country,
        ["Controller.Email"] = """{ "pattern": "^[!#-+\\--:=?A-~]+@[!#-+\\--:=?A-~]{3,}$" }""",
        ["Establishment.Country"] = Country,
        ["Establishment.Authority"] = Text,
        ["ControllerNote.Text"] = Text,
        ["UploadRule.Id"] = Id,
        ["UploadRule.Cipher"] = $$"""{ "enum": [{{Quoted(BodyCiphers.Names)}}] }""",
        ["FactRule.Derive"] = $$"""{ "enum": [{{Quoted(Derivations.Names)}}] }""",
        ["BodyRules.Decoder"] = $$"""{ "enum": [{{Quoted(PayloadDecoders.Names)}}] }""",
        ["RequestMatch.Methods"] = """{ "items": { "type": "string", "pattern": "^[A-Z]+$" } }""",
        ["FactRule.Name"] = Text,
        ["OccurrenceRule.Scale"] = Scale,
        ["OccurrenceRule.Fields"] = Paths,
        ["TotalRule.Values"] = Paths,
        ["CommonField.Name"] = Text,
        ["CommonField.In"] = """{ "minItems": 1 }""",
        ["CommonField.Match"] = """{ "pattern": "\\(\\?<value>" }""",
        ["CommonField.Derive"] = $$"""{ "enum": [{{Quoted(Derivations.Names)}}] }""",
        ["SecretRules.Paths"] = """{ "items": { "type": "string", "format": "regex", "pattern": "\\(\\?<secret>" } }""",
        ["EncodedRule.Categories"] = $$"""{ "items": { "type": "string", "pattern": "^({{Categories(".+")}})$" } }""",
        ["ExportRule.Id"] = Id,
        ["ExportRule.Signature"] = $$"""{ "items": {{Text}} }""",
        ["ExportRule.Each"] = """{ "pattern": "^\\$" }""",
        ["ExportRule.Columns"] = """{ "minProperties": 1 }""",
        ["ExportRule.Scale"] = Scale,
        ["ExportRule.Unused"] = $$"""{ "additionalProperties": { "type": "string", "pattern": "\\S" } }""",
        ["ExportRule.Ordered"] = """{ "items": { "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 } }""",
        ["ToleranceRule.Field"] = Text,
        ["ToleranceRule.Amount"] = """{ "minimum": 0 }""",
        ["ToleranceRule.Unit"] = $$"""{ "enum": [{{Quoted(ToleranceUnits.Names)}}] }""",
        ["CutOffRule.Match"] = """{ "pattern": "\\(\\?<stamp>" }""",
        ["CutOffRule.Stamp"] = """{ "enum": ["unix", "date", "utc"] }""",
        ["VendorSample.File"] = """{ "pattern": "^[^/\\\\]*\\S[^\\\\]*$" }""",
        ["VendorSample.Request"] = """{ "pattern": "^[^ ]+ [A-Za-z][A-Za-z0-9+.-]*:[^ ]+$" }""",
        ["VendorSample.Damages"] = """{ "minimum": 0 }""",
        ["VendorSample.Expect"] = $$"""{ "additionalProperties": { "type": "integer", "minimum": 0 }, "propertyNames": { "pattern": "^({{Categories("[^.]+")}})(\\..+)?$" } }""",
        ["VendorSample.Values"] = $$"""{ "propertyNames": { "pattern": "^({{Categories("[^.]+")}})\\..+$" } }""",
    };

    /// <summary>What holds between the properties of a type.</summary>
    private static readonly Dictionary<Type, string> TypeRules = new()
    {
        [typeof(Controller)] = """{ "if": { "properties": { "default": { "const": true } }, "required": ["default"] }, "then": { "required": ["email"] } }""",
        [typeof(CommonField)] = """
            {
              "oneOf": [
                { "required": ["fields"], "properties": { "fields": { "minItems": 1 }, "join": { "maxItems": 0 }, "match": false } },
                { "required": ["join"], "properties": { "join": { "minItems": 2, "maxItems": 2 }, "fields": { "maxItems": 0 }, "match": false } },
                { "required": ["match"], "properties": { "fields": { "maxItems": 0 }, "join": { "maxItems": 0 } } }
              ],
              "if": { "required": ["match"] }, "then": { "properties": { "in": { "contains": { "const": "path" } } } }, "else": { "properties": { "in": { "not": { "contains": { "const": "path" } } } } }
            }
            """,
        [typeof(ExportRule)] = """
            {
              "allOf": [
                { "if": { "properties": { "kind": { "not": { "const": "fact" } } }, "required": ["kind"] }, "then": { "required": ["time"] } },
                { "if": { "properties": { "kind": { "enum": ["minute", "stage-minute"] } }, "required": ["kind"] }, "then": { "properties": { "columns": { "maxProperties": 1 } } } }
              ]
            }
            """,
        [typeof(ExportTime)] = """{ "anyOf": [{ "required": ["date"], "properties": { "date": { "minItems": 1 } } }, { "required": ["start"], "properties": { "start": { "minItems": 1 } } }] }""",
        [typeof(VendorSample)] = """{ "if": { "properties": { "as": { "const": "body" } }, "required": ["as"] }, "then": { "required": ["request"] }, "else": { "properties": { "request": false } } }""",
    };

    private static readonly Dictionary<Type, string> Texts = new()
    {
        [typeof(Pattern)] = """{ "type": "string", "format": "regex" }""",
        [typeof(ValuePath)] = Path,
        [typeof(Category)] = $$"""{ "type": "string", "pattern": "^({{Categories(".+")}})$" }""",
        [typeof(LocalDate)] = """{ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }""",
        [typeof(Uri)] = """{ "type": "string" }""",
    };

    public static string Make()
    {
        var summaries = Summaries();
        var schema = VendorProfileReader.Options.GetJsonSchemaAsNode(typeof(VendorProfile), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transform(context, node, summaries),
        });
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A vendor profile of MiSarTracker",
        };
        foreach (var (name, value) in schema.AsObject().ToList())
        {
            schema.AsObject().Remove(name);
            whole[name] = value;
        }

        return whole.ToJsonString(new System.Text.Json.JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
    }

    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode node, Dictionary<string, string> summaries)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = Texts.TryGetValue(type, out var text) ? JsonNode.Parse(text)!.AsObject() : node as JsonObject ?? [];
        if (schema["type"] is JsonArray types)
        {
            // The reader refuses null wherever it stands.
            schema["type"] = types.Select(one => one!.GetValue<string>()).First(one => one != "null");
        }

        if (schema["enum"] is JsonArray names)
        {
            schema["enum"] = new JsonArray([.. names.Where(name => name is not null).Select(name => name!.DeepClone())]);
            schema["type"] = "string";
        }

        if (type == typeof(decimal))
        {
            schema["type"] = "number";
        }

        if (TypeRules.TryGetValue(type, out var among))
        {
            Add(schema, among);
        }

        if (context.PropertyInfo is { AttributeProvider: System.Reflection.PropertyInfo property })
        {
            var name = $"{property.DeclaringType!.Name}.{property.Name}";
            if (property.Name == "Because")
            {
                Add(schema, Text);
            }

            if (Rules.TryGetValue(name, out var rule))
            {
                Add(schema, rule);
            }

            if (summaries.TryGetValue($"P:{property.DeclaringType.FullName}.{property.Name}", out var summary))
            {
                schema.Insert(0, "description", summary);
            }
        }

        return schema;
    }

    private static void Add(JsonObject schema, string rules)
    {
        foreach (var (name, value) in JsonNode.Parse(rules)!.AsObject())
        {
            schema[name] = value?.DeepClone();
        }
    }

    private static Dictionary<string, string> Summaries() =>
        XDocument.Load(System.IO.Path.Combine(AppContext.BaseDirectory, "MiSarTracker.Core.xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!), StringComparer.Ordinal);

    private static string Plain(XElement summary)
    {
        foreach (var see in summary.Descendants("see").ToList())
        {
            see.ReplaceWith(see.Attribute("cref")!.Value.Split('.')[^1].TrimEnd(')'));
        }

        return string.Join(' ', summary.Value.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Categories(string other) => string.Join('|', Category.Named.Select(category => category.Name)) + "|other:" + other;

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
