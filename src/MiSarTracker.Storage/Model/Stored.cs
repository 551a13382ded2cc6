using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Storage.Model;

/// <summary>Values as they stand in columns. One that we cannot have written says that the database is damaged.</summary>
internal static class Stored
{
    public static Instant Moment(long milliseconds)
    {
        try
        {
            return Instant.FromUnixTimeMilliseconds(milliseconds);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw NotOurs($"{milliseconds}", "a moment", e);
        }
    }

    public static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } day
        ? day.Value
        : throw NotOurs(text, "a day", null);

    public static TEnum Name<TEnum>(string text)
        where TEnum : struct, Enum => ContractName.TryParse<TEnum>(text, out var value)
        ? value
        : throw NotOurs(text, typeof(TEnum).Name, null);

    public static object Name(Type type, string text)
    {
        foreach (var name in Enum.GetNames(type))
        {
            if (ContractName.OfMember(name) == text)
                return Enum.Parse(type, name);
        }

        throw NotOurs(text, type.Name, null);
    }

    public static ValueList<string> Texts(string json)
    {
        try
        {
            return (JsonSerializer.Deserialize(json, RowJson.Default.StringArray) ?? throw NotOurs(json, "a list", null)).ToValueList();
        }
        catch (JsonException e)
        {
            throw NotOurs(json, "a list", e);
        }
    }

    internal static Corrupt NotOurs(string value, string what, Exception? inner) =>
        new($"The database holds “{value}” where {what} should stand.", "It was changed past this program. Restore a backup with misar restore.", inner);
}
