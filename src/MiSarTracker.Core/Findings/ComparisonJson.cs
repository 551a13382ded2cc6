using System.Text.Encodings.Web;
using System.Text.Json;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Observations;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Core.Findings;

/// <summary>
/// The comparison as JSON: the contract's names, in a fixed order, so that the same comparison gives the same bytes.
/// UTF-8, indented by two spaces, LF, ends with a newline.
/// </summary>
public static class ComparisonJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // Names of places and people stay readable; the file is never embedded in a page as script.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");
    private static readonly OffsetPattern OffsetText = OffsetPattern.CreateWithInvariantCulture("+HH:mm");

    public static byte[] Write(Comparison comparison)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("case", comparison.Case);
            json.WriteString("comparedAt", Time(comparison.ComparedAt));
            json.WriteString("engine", comparison.Engine);
            Array(json, "evidence", comparison.Evidence, Evidence);
            Array(json, "response", comparison.Response, Response);
            Clock(json, comparison.Clock);
            Array(json, "categories", comparison.Categories, Category);
            Array(json, "findings", comparison.Findings, Finding);
            Array(json, "recipients", comparison.Recipients, Recipient);
            Array(json, "identifiers", comparison.Identifiers, Identifier);
            Array(json, "article15", comparison.Article15, Article15);
            json.WriteStartObject("location");
            json.WriteNumber("inWorkouts", comparison.Location.InWorkouts);
            json.WriteNumber("outsideWorkouts", comparison.Location.OutsideWorkouts);
            json.WriteEndObject();
            if (comparison.Stored.Count > 0)
            {
                Array(json, "stored", comparison.Stored, StoredCategory);
            }

            FurtherJson.Search(json, comparison.Search);
            if (comparison.Rounds.Count > 0)
            {
                FurtherJson.Rounds(json, comparison.Rounds);
            }

            if (comparison.Drift is { } drift)
            {
                FurtherJson.Drift(json, drift);
            }

            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>A moment as the contract writes it: local time with its offset, seconds only where there are any.</summary>
    public static string Time(Moment moment)
    {
        var local = (moment.Local.Second == 0 ? Minutes : Seconds).Format(moment.Local);
        return moment.Offset is { } offset ? local + OffsetText.Format(offset) : local;
    }

    private static string Time(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Evidence(Utf8JsonWriter json, UploadExhibit exhibit)
    {
        json.WriteString("exhibit", exhibit.Exhibit);
        json.WriteString("sha256", exhibit.Sha256);
        json.WriteString("format", exhibit.Format);
        json.WriteString("from", exhibit.From is { } from ? Time(from) : null);
        json.WriteString("to", exhibit.To is { } to ? Time(to) : null);
        json.WriteNumber("exchanges", exhibit.Exchanges);
        json.WriteNumber("uploads", exhibit.Uploads);
        json.WriteNumber("opaque", exhibit.Opaque);
    }

    private static void Response(Utf8JsonWriter json, AnswerExhibit exhibit)
    {
        json.WriteString("exhibit", exhibit.Exhibit);
        json.WriteString("sha256", exhibit.Sha256);
        json.WriteString("format", exhibit.Format);
        json.WriteString("received", LocalDatePattern.Iso.Format(exhibit.Received));
        json.WriteNumber("members", exhibit.Members);
        json.WriteString("from", exhibit.From is { } from ? LocalDatePattern.Iso.Format(from) : null);
        json.WriteString("to", exhibit.To is { } to ? LocalDatePattern.Iso.Format(to) : null);
        json.WriteString("cutOff", Time(exhibit.CutOff));
        if (exhibit.Archives.Count > 0)
        {
            Array(json, "archives", exhibit.Archives, (writer, archive) =>
            {
                writer.WriteString("name", archive.Name);
                writer.WriteNumber("members", archive.Members);
                writer.WriteString("cutOff", Time(archive.CutOff));
                writer.WriteString("how", archive.How);
            });
        }
    }

    private static void Clock(Utf8JsonWriter json, ClockReading clock)
    {
        json.WriteStartObject("clock");
        Number(json, "offsetMinutes", clock.OffsetMinutes);
        json.WriteString("how", clock.How);
        Number(json, "agreement", clock.Agreement);
        json.WriteBoolean("ambiguous", clock.Ambiguous);
        Array(json, "members", clock.Members, (writer, stretch) =>
        {
            writer.WriteString("member", stretch.Member);
            writer.WriteString("from", LocalDatePattern.Iso.Format(stretch.From));
            writer.WriteString("to", LocalDatePattern.Iso.Format(stretch.To));
            writer.WriteNumber("offsetMinutes", stretch.OffsetMinutes);
            writer.WriteNumber("shiftMinutes", stretch.ShiftMinutes);
            writer.WriteNumber("shared", stretch.Shared);
            writer.WriteNumber("matching", stretch.Matching);
            Number(writer, "runnerUpOffsetMinutes", stretch.RunnerUpOffsetMinutes);
            writer.WriteNumber("runnerUpMatching", stretch.RunnerUpMatching);
        });
        json.WriteEndObject();
    }

    /// <summary>Writes the properties of one category.</summary>
    public static void Category(Utf8JsonWriter json, CategoryResult result)
    {
        json.WriteString("category", result.Category.Name);
        json.WriteString("unit", result.Unit);
        json.WriteNumber("uploaded", result.Uploaded);
        json.WriteNumber("disclosed", result.Disclosed);
        json.WriteNumber("matched", result.Matched);
        json.WriteNumber("missing", result.Missing);
        json.WriteNumber("altered", result.Altered);
        json.WriteNumber("notComparable", result.NotComparable);
        json.WriteNumber("disclosedOnly", result.DisclosedOnly);
        json.WriteNumber("outsideCapture", result.OutsideCapture);
        json.WriteString("verdict", ContractName.Of(result.Verdict));
        json.WriteString("reason", result.Reason);
    }

    /// <summary>What was given back is no upload, so it has a count of its own name.</summary>
    private static void StoredCategory(Utf8JsonWriter json, CategoryResult result)
    {
        json.WriteString("category", result.Category.Name);
        json.WriteString("unit", result.Unit);
        json.WriteNumber("stored", result.Uploaded);
        json.WriteNumber("matched", result.Matched);
        json.WriteNumber("missing", result.Missing);
        json.WriteNumber("altered", result.Altered);
        json.WriteNumber("notComparable", result.NotComparable);
        json.WriteString("verdict", ContractName.Of(result.Verdict));
        json.WriteString("reason", result.Reason);
    }

    private static void Finding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("id", finding.Id);
        json.WriteString("kind", ContractName.Of(finding.Kind));
        json.WriteString("category", finding.Category?.Name);
        json.WriteString("subject", finding.Subject);
        json.WriteString("from", finding.From is { } from ? Time(from) : null);
        json.WriteString("to", finding.To is { } to ? Time(to) : null);
        json.WriteNumber("count", finding.Count);
        json.WriteString("severity", ContractName.Of(finding.Severity));
        json.WriteBoolean("aggregate", finding.Aggregate);
        if (finding.Covered is { } covered)
        {
            json.WriteBoolean("covered", covered);
        }

        if (finding.Stored)
        {
            json.WriteBoolean("stored", true);
        }

        json.WriteString("statement", finding.Statement);
        Array(json, "innocent", finding.Innocent, (writer, innocent) =>
        {
            writer.WriteString("explanation", innocent.Explanation);
            Truth(writer, "ruledOut", innocent.RuledOut);
            writer.WriteString("why", innocent.Why);
        });
        Array(json, "examples", finding.Examples, (writer, example) =>
        {
            writer.WriteString("at", example.At is { } at ? Time(at) : null);
            writer.WriteString("uploaded", example.Uploaded);
            writer.WriteString("disclosed", example.Disclosed);
        });
        Array(json, "evidence", finding.Evidence, (writer, origin) =>
        {
            writer.WriteString("exhibit", origin.Exhibit);
            writer.WriteNumber("exchange", origin.Number);
            writer.WriteString("path", origin.Part);
        });
        Array(json, "response", finding.Response, (writer, origin) =>
        {
            writer.WriteString("exhibit", origin.Exhibit);
            writer.WriteString("member", origin.Part);
            Number(writer, "line", origin.Number > 0 ? origin.Number : null);
        });
    }

    private static void Recipient(Utf8JsonWriter json, Recipient recipient)
    {
        json.WriteString("host", recipient.Host);
        json.WriteNumber("requests", recipient.Requests);
        json.WriteNumber("uploads", recipient.Uploads);
        json.WriteNumber("bytes", recipient.Bytes);
        json.WriteString("firstSeen", recipient.FirstSeen is { } first ? Time(first) : null);
        json.WriteString("lastSeen", recipient.LastSeen is { } last ? Time(last) : null);
        json.WriteString("owner", recipient.Owner);
        json.WriteString("country", recipient.Country);
        Truth(json, "named", recipient.Named);
    }

    private static void Identifier(Utf8JsonWriter json, Identifier identifier)
    {
        json.WriteString("kind", identifier.Kind);
        json.WriteString("sha256OfValue", identifier.Sha256OfValue);
        json.WriteString("display", identifier.Display);
        json.WriteNumber("uploadedIn", identifier.UploadedIn);
        json.WriteBoolean("disclosed", identifier.Disclosed);
        if (identifier.Notation is { } notation)
        {
            json.WriteString("notation", ContractName.Of(notation));
        }
    }

    private static void Article15(Utf8JsonWriter json, Article15Item item)
    {
        json.WriteString("item", item.Item);
        json.WriteString("status", item.Status);
        json.WriteString("quote", item.Quote);
        json.WriteString("where", item.Where);
        json.WriteString("by", item.By);
        json.WriteString("because", item.Because);
        json.WriteString("pattern", item.Pattern);
        if (item.PatternStatus is { } before)
        {
            json.WriteString("patternStatus", before);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Truth(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } truth)
        {
            json.WriteBoolean(name, truth);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
