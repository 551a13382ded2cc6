using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Formats.Answers.Tables;
using MiSarTracker.Journey;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary>What adding an answer found, as JSON: printed, and kept with the exhibit.</summary>
internal static class AnswerJson
{
    /// <summary>Files without content that are listed one by one.</summary>
    private const int MostEmpty = 100;

    public static void Write(Utf8JsonWriter json, string path, string sha256, TakenAnswer taken, (LocalDate? From, LocalDate? To) asked, IReadOnlyList<AnswerArchive> archives)
    {
        var mapper = taken.Mapper;
        json.WriteString("path", path);
        json.WriteString("sha256", sha256);
        json.WriteString("format", taken.Summary!.Format);
        json.WriteString("cutOff", mapper.CutOff is { } cutOff ? InstantPattern.ExtendedIso.Format(cutOff.At) : null);
        json.WriteString("cutOffHow", mapper.CutOff?.How ?? "the day on which it was added");
        Archives(json, archives);
        AskedRange.Write(json, asked.From, asked.To);
        Stamps(json, taken.Summary.Stamps);
        json.WriteStartArray("members");
        var unknown = taken.Overview.Unknown.ToLookup(table => table.Member);
        var empty = 0;
        foreach (var member in mapper.Members)
        {
            // Ten thousand files without a byte are one line of a report.
            if (member.Member.Format != "empty" || ++empty <= MostEmpty)
            {
                Member(json, member, unknown[member.Name]);
            }
        }

        json.WriteEndArray();
        json.WriteNumber("furtherEmptyMembers", Math.Max(0, empty - MostEmpty));
        json.WriteStartArray("locked");
        foreach (var locked in taken.Summary.Locked)
        {
            json.WriteStringValue(locked);
        }

        json.WriteEndArray();
        Damages.Write(json, mapper.Damages);
    }

    /// <summary>Several archives in one file, each with its own cut-off.</summary>
    private static void Archives(Utf8JsonWriter json, IReadOnlyList<AnswerArchive> archives)
    {
        json.WriteStartArray("archives");
        foreach (var archive in archives)
        {
            json.WriteStartObject();
            json.WriteString("name", archive.Name);
            json.WriteNumber("members", archive.Members);
            json.WriteString("cutOff", InstantPattern.ExtendedIso.Format(archive.CutOff));
            json.WriteString("how", archive.How);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Stamps(Utf8JsonWriter json, IReadOnlyList<AnswerStamp> stamps)
    {
        json.WriteStartArray("stamps");
        foreach (var stamp in stamps)
        {
            json.WriteStartObject();
            json.WriteString("member", stamp.Member);
            json.WriteString("at", InstantPattern.ExtendedIso.Format(stamp.At));
            json.WriteString("source", stamp.Source switch { StampSource.AnswerName => "answer-name", StampSource.MemberName => "member-name", _ => "mail-date" });
            json.WriteString("how", stamp.How);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Member(Utf8JsonWriter json, MemberReport member, IEnumerable<UnknownTable> unknown)
    {
        json.WriteStartObject();
        json.WriteString("name", member.Name);
        json.WriteString("format", member.Member.Format);
        json.WriteNumber("rows", member.Rows);
        json.WriteString("mappedTo", member.MappedTo.Count == 0 ? null : string.Join(", ", member.MappedTo));
        json.WriteStartObject("observations");
        foreach (var (category, count) in member.Observations)
        {
            json.WriteNumber(category.Name, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("unmapped");
        foreach (var column in member.Unmapped.Concat(member.UnmappedTables.SelectMany(header => header)).Distinct())
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (var column in unknown.SelectMany(table => table.Columns))
        {
            Column(json, column);
        }

        json.WriteEndArray();
        json.WriteNumber("placeholders", member.Placeholders);
        json.WriteNumber("unreadable", member.Unreadable);
        json.WriteEndObject();
    }

    private static void Column(Utf8JsonWriter json, ColumnGuess column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", column.Type);
        json.WriteNumber("empty", column.Empty);
        if (column.From is { } from)
        {
            json.WriteString("from", from);
            json.WriteString("to", column.To);
        }

        json.WriteEndObject();
    }
}
