using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Captures;
using NodaTime;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// Takes from a request what the profile says that any request may carry: identifiers, app, language, zone, tokens. The
/// facts <c>account</c>/<c>user-id</c> and <c>network</c>/<c>time-zone</c> also say whose data the request carries and on which clock.
/// </summary>
internal sealed class CommonFacts
{
    private const int LargestJson = 4 << 20;
    private const int LongestValue = 4_096;

    private readonly Dictionary<FieldPlace, Dictionary<string, List<CommonField>>> _byName = [];
    private readonly List<CommonField> _joined = [];
    private readonly List<CommonField> _inPath = [];
    private readonly HashSet<string> _placeholders;

    public CommonFacts(VendorProfile profile)
    {
        _placeholders = new HashSet<string>(profile.Placeholders, StringComparer.OrdinalIgnoreCase) { "" };
        foreach (var field in profile.Common)
        {
            if (field.Match is not null)
            {
                _inPath.Add(field);
            }
            else if (field.Join.Count > 0)
            {
                _joined.Add(field);
            }

            foreach (var place in field.In)
            {
                foreach (var name in field.Fields)
                {
                    Add(Names(place), name, field);
                }
            }
        }
    }

    /// <summary>True when the profile takes this form field or JSON property for one that any request may carry.</summary>
    public bool Knows(FieldPlace place, string name) => Names(place).ContainsKey(name);

    public bool IsPlaceholder(string value) => _placeholders.Contains(value.Trim());

    public void Take(HttpExchange http, RequestContent content, UploadSink sink)
    {
        foreach (var header in http.RequestHeaders)
        {
            Take(FieldPlace.Header, header.Name, header.Value, sink);
            if (header.Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            {
                TakeCookies(header.Value, sink);
            }
        }

        foreach (var (name, value) in content.Query)
        {
            Take(FieldPlace.Query, name, value, sink);
        }

        var inForm = Names(FieldPlace.Form);
        foreach (var name in content.FieldNames.Where(inForm.ContainsKey))
        {
            Take(FieldPlace.Form, name, content.Text(name) ?? "", sink);
        }

        TakeJson(content, sink);
        foreach (var field in _inPath)
        {
            if (field.Match!.Group(http.Path, "value") is { } value)
            {
                Take(field, Uri.UnescapeDataString(value), "path", sink);
            }
        }

        TakeJoined(content, sink);
    }

    private Dictionary<string, List<CommonField>> Names(FieldPlace place)
    {
        if (!_byName.TryGetValue(place, out var names))
        {
            _byName[place] = names = new Dictionary<string, List<CommonField>>(StringComparer.OrdinalIgnoreCase);
        }

        return names;
    }

    private static void Add(Dictionary<string, List<CommonField>> names, string name, CommonField field)
    {
        if (!names.TryGetValue(name, out var fields))
        {
            names[name] = fields = [];
        }

        fields.Add(field);
    }

    private void TakeCookies(string header, UploadSink sink)
    {
        foreach (var cookie in header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = cookie.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                Take(FieldPlace.Cookie, cookie[..equals], cookie[(equals + 1)..], sink);
            }
        }
    }

    private void TakeJson(RequestContent content, UploadSink sink)
    {
        var names = Names(FieldPlace.Json);
        if (content.Kind != ContentKind.Json || names.Count == 0 || content.Bytes.Length > LargestJson)
        {
            return;
        }

        // That a body is no JSON after all is for its rule to report; a body without rule is opaque.
        using var document = JsonBytes.Parse(content.Bytes, out _);
        if (document is not null)
        {
            TakeJson(document.RootElement, "$", names, sink);
        }
    }

    private void TakeJson(JsonElement element, string path, Dictionary<string, List<CommonField>> names, UploadSink sink)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                TakeJson(item, $"{path}[{index++}]", names, sink);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                {
                    TakeJson(property.Value, $"{path}.{property.Name}", names, sink);
                }
                else if (names.TryGetValue(property.Name, out var fields))
                {
                    Take(fields, property.Value.ToString(), $"{path}.{property.Name}", sink);
                }
            }
        }
    }

    private void TakeJoined(RequestContent content, UploadSink sink)
    {
        foreach (var field in _joined)
        {
            if (content.Text(field.Join[0]) is { } first && content.Text(field.Join[1]) is { } second
                && !IsPlaceholder(first) && !IsPlaceholder(second))
            {
                Take(field, $"{first},{second}", $"query.{field.Join[0]}", sink);
            }
        }
    }

    private void Take(FieldPlace place, string name, string value, UploadSink sink)
    {
        if (Names(place).TryGetValue(name, out var fields))
        {
            Take(fields, value, $"{place.ToString().ToLowerInvariant()}.{name}", sink);
        }
    }

    /// <summary>The first field of that name that the value fits.</summary>
    private void Take(List<CommonField> fields, string value, string path, UploadSink sink)
    {
        value = value.Trim();
        if (fields.Find(field => field.Only?.IsMatch(value) != false) is { } field)
        {
            Take(field, value, path, sink);
        }
    }

    private void Take(CommonField field, string value, string path, UploadSink sink)
    {
        if (IsPlaceholder(value = value.Trim()))
        {
            return;
        }

        if (!field.Secret && value.Length > LongestValue)
        {
            value = value[..LongestValue];
        }

        sink.Fact(field.Category, field.Name, value, path, field.Identifies, field.Secret);
        if (field.Derive == Derivations.MacFromEui64 && Eui64.MacAddress(value) is { } mac)
        {
            sink.Fact(Category.Device, "mac-address", mac, path, identifies: true);
        }

        if (field.Category == Category.Account && field.Name == "user-id")
        {
            sink.Account = value;
        }
        else if (field.Category == Category.Network && field.Name == "time-zone")
        {
            sink.Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(value) ?? sink.Zone;
        }
    }
}
