using System.Buffers;
using System.Buffers.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// Finds values of a member that are encoded in base64 or hexadecimal, in columns that no rule reads. Short ones are hashes, tokens
/// and signatures, which say nothing of a person by themselves.
/// </summary>
internal sealed class EncodedValues(string member)
{
    /// <summary>Beyond a SHA-512 in hexadecimal, and beyond most keys in base64.</summary>
    private const int Shortest = 136;

    private static readonly SearchValues<byte> Base64Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_"u8);
    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly SortedDictionary<string, Found> _fields = new(StringComparer.Ordinal);

    /// <param name="line">The row, 0 when it is not known.</param>
    public void Look(string field, ReadOnlySpan<byte> value, long line)
    {
        if (value.Length < Shortest || value.ContainsAnyExcept(Base64Letters))
        {
            return;
        }

        var bytes = value.ContainsAnyExcept(Hexadecimal) ? Base64Bytes(value) : value.Length / 2;
        if (bytes == 0)
        {
            return;
        }

        var found = _fields.GetValueOrDefault(field) ?? new Found(line, 0, 0);
        _fields[field] = found with { Count = found.Count + 1, Bytes = found.Bytes + bytes };
    }

    /// <summary>Hands the fields on; call once, at the end.</summary>
    public void Finish(string exhibit, IReadOnlyList<EncodedRule> rules, DisclosedBuilder into)
    {
        foreach (var (field, found) in _fields)
        {
            var known = rules.FirstOrDefault(rule => rule.Field.IsMatch(field));
            into.Encoded(new EncodedField(Origin.InAnswer(exhibit, member, found.Line), field, found.Count, found.Bytes, known?.Categories ?? [], known?.Because));
        }
    }

    /// <summary>How many bytes the value decodes to; 0 when it is no base64, as a long word or number is none.</summary>
    private static long Base64Bytes(ReadOnlySpan<byte> value)
    {
        // A long path or a sentence without blanks has no digits, capitals and small letters in one.
        if (value.IndexOfAnyInRange((byte)'0', (byte)'9') < 0 || value.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0 || value.IndexOfAnyInRange((byte)'a', (byte)'z') < 0)
        {
            return value.Length % 4 == 0 && value.Count((byte)'A') > value.Length / 2 ? value.Length / 4 * 3 : 0;
        }

        return Base64.IsValid(value, out var length) || Base64Url.IsValid(value, out length) ? length : 0;
    }

    private sealed record Found(long Line, long Count, long Bytes);
}
