using System.Text;

namespace MiSarTracker.Formats.Bodies;

/// <summary>
/// Reads <c>application/x-www-form-urlencoded</c> content and query strings: duplicates are kept, empty pairs are not,
/// a pair without <c>=</c> has an empty value. The charset parameter is ignored: it is always UTF-8.
/// </summary>
public static class FormBody
{
    /// <summary>The fields in their order, found one by one, so that a value of megabytes makes no string.</summary>
    public static IEnumerable<FormField> Read(ReadOnlyMemory<byte> content)
    {
        while (!content.IsEmpty)
        {
            var end = content.Span.IndexOf((byte)'&');
            var pair = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            if (pair.IsEmpty)
                continue;
            var equals = pair.Span.IndexOf((byte)'=');
            yield return equals < 0
                ? new FormField(Coded.Name(pair), default)
                : new FormField(Coded.Name(pair[..equals]), pair[(equals + 1)..]);
        }
    }

    /// <summary>The fields of a query, without or with its question mark.</summary>
    public static IEnumerable<FormField> Read(string query) => Read(Encoding.UTF8.GetBytes(query.StartsWith('?') ? query[1..] : query));

    /// <summary>The first field of that name, or null.</summary>
    public static FormField? First(ReadOnlyMemory<byte> content, string name)
    {
        foreach (var field in Read(content))
        {
            if (field.Name == name)
                return field;
        }

        return null;
    }

    private static class Coded
    {
        private const int LongestName = 4_096;

        /// <summary>A name; what is too long for one is cut, so that a body that is no form makes no giant strings either.</summary>
        public static string Name(ReadOnlyMemory<byte> coded)
        {
            var span = coded.Span[..Math.Min(coded.Length, LongestName)];
            if (span.IndexOfAny((byte)'%', (byte)'+') < 0)
                return Encoding.UTF8.GetString(span);
            Span<byte> plain = stackalloc byte[LongestName];
            return Encoding.UTF8.GetString(plain[..PercentCoding.Decode(span, plain)]);
        }
    }
}

/// <summary>One field of a form.</summary>
/// <param name="Name">Decoded.</param>
/// <param name="Coded">The value as it stands in the form, a slice of it.</param>
public readonly record struct FormField(string Name, ReadOnlyMemory<byte> Coded)
{
    /// <summary>The value as text; meant for short ones.</summary>
    public string Value => Encoding.UTF8.GetString(Decode());

    /// <summary>The value's bytes in an array of their own.</summary>
    public byte[] Decode()
    {
        var target = new byte[Coded.Length];
        var length = PercentCoding.Decode(Coded.Span, target);
        return length == target.Length ? target : target[..length];
    }

    /// <summary>Decodes the value into <paramref name="target"/>, which must have room for <see cref="Coded"/>; returns its length.</summary>
    public int Decode(Span<byte> target) => PercentCoding.Decode(Coded.Span, target);
}
