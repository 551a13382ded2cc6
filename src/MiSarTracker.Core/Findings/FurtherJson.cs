using System.Text.Json;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Search;

namespace MiSarTracker.Core.Findings;

/// <summary>The parts of the comparison's JSON that answer the further questions: what of unknown fields, and what is new.</summary>
public static class FurtherJson
{
    /// <summary>Writes the property <c>search</c>.</summary>
    public static void Search(Utf8JsonWriter json, FieldSearch search)
    {
        json.WriteStartObject("search");
        json.WriteString("rule", search.Rule);
        json.WriteBoolean("cut", search.IsCut);
        json.WriteStartArray("fields");
        foreach (var field in search.Fields)
        {
            json.WriteStartObject();
            json.WriteString("host", field.Host);
            json.WriteString("endpoint", field.Endpoint);
            json.WriteString("field", field.Field);
            json.WriteNumber("seen", field.Seen);
            json.WriteNumber("sought", field.Sought);
            json.WriteNumber("found", field.Found);
            json.WriteString("notation", field.Notation is { } notation ? ContractName.Of(notation) : null);
            json.WriteString("exhibit", field.Where?.Exhibit);
            json.WriteString("member", field.Where?.Part);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the property <c>rounds</c>.</summary>
    public static void Rounds(Utf8JsonWriter json, IReadOnlyList<Round> rounds)
    {
        json.WriteStartArray("rounds");
        foreach (var round in rounds)
        {
            json.WriteStartObject();
            json.WriteNumber("round", round.Number);
            json.WriteString("received", NodaTime.Text.LocalDatePattern.Iso.Format(round.Received));
            Names(json, "exhibits", round.Exhibits);
            json.WriteStartArray("categories");
            foreach (var category in round.Categories)
            {
                json.WriteStartObject();
                json.WriteString("category", category.Category.Name);
                json.WriteNumber("matched", category.Matched);
                json.WriteNumber("missing", category.Missing);
                json.WriteNumber("altered", category.Altered);
                json.WriteNumber("fixed", category.Fixed);
                json.WriteNumber("stillMissing", category.StillMissing);
                json.WriteNumber("newlyMissing", category.NewlyMissing);
                json.WriteNumber("newlyAltered", category.NewlyAltered);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the property <c>drift</c>.</summary>
    public static void Drift(Utf8JsonWriter json, Drift drift)
    {
        json.WriteStartObject("drift");
        Names(json, "before", drift.Before);
        Names(json, "after", drift.After);
        json.WriteStartObject("basis");
        json.WriteNumber("exchangesBefore", drift.Basis.ExchangesBefore);
        json.WriteNumber("hoursBefore", drift.Basis.HoursBefore);
        json.WriteNumber("exchangesAfter", drift.Basis.ExchangesAfter);
        json.WriteNumber("hoursAfter", drift.Basis.HoursAfter);
        json.WriteEndObject();
        Novelties(json, "new", drift.News);
        Novelties(json, "gone", drift.Gone);
        json.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter json, string name, IReadOnlyList<string> exhibits)
    {
        json.WriteStartArray(name);
        foreach (var exhibit in exhibits)
        {
            json.WriteStringValue(exhibit);
        }

        json.WriteEndArray();
    }

    private static void Novelties(Utf8JsonWriter json, string name, IReadOnlyList<Novelty> novelties)
    {
        json.WriteStartArray(name);
        foreach (var one in novelties)
        {
            json.WriteStartObject();
            json.WriteString("kind", ContractName.Of(one.Kind));
            json.WriteString("name", one.Name);
            json.WriteNumber("count", one.Count);
            json.WriteString("exhibit", one.Where?.Exhibit);
            Exchange(json, one.Where);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Exchange(Utf8JsonWriter json, Origin? where)
    {
        if (where is { } origin)
        {
            json.WriteNumber("exchange", origin.Number);
            json.WriteString("path", origin.Part);
        }
    }
}
