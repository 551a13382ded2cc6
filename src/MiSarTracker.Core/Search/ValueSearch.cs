using System.Buffers;
using System.Buffers.Binary;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Search;

/// <summary>Where a value was found.</summary>
/// <param name="Notation">The form in which it stood there first.</param>
/// <param name="Where">The first place.</param>
/// <param name="Times">How often, in all forms together.</param>
public sealed record ValueFound(Notation Notation, Origin Where, long Times);

/// <summary>
/// Looks for many values at once in the texts of an answer, in one pass over each text.
/// </summary>
/// <remarks>
/// A value counts as found where it stands as a whole: <c>72341</c> is not found in <c>9723410</c>. So a text is cut at every sign that is no
/// letter or digit and each piece is looked up; a value that holds such signs itself is found by its first piece and compared from there.
/// </remarks>
public sealed class ValueSearch
{
    private const int Md5Digits = 32;
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n\f\v\u00A0\u202F\"<>{}[]()|„“”«»`,;=:/&?#@'+%\\!*_-.~^$");

    private readonly List<string> _values = [];
    private readonly List<Needle> _needles = [];

    /// <summary>By the whole form: the last needle that is written so; the others follow by <see cref="Needle.Next"/>.</summary>
    private readonly Dictionary<string, int> _byForm = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _forms;

    /// <summary>For forms of several parts, by their first part: how they lie around it.</summary>
    private readonly Dictionary<string, List<(int Before, int Length)>> _shapes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<(int Before, int Length)>>.AlternateLookup<ReadOnlySpan<char>> _starts;

    /// <summary>By the first 16 bytes of a hash.</summary>
    private readonly Dictionary<UInt128, (int Value, Notation Notation)> _digests = [];
    private readonly Dictionary<int, ValueFound> _found = [];

    /// <param name="values">What to look for; trivial ones are left out, see <see cref="Triviality"/>.</param>
    public ValueSearch(IEnumerable<string> values, DateTimeZone? zone = null)
    {
        foreach (var value in values.Where(value => !Triviality.IsTrivial(value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            _values.Add(value);
            foreach (var written in Notations.Of(value, zone))
            {
                Add(_values.Count - 1, written);
            }

            foreach (var (notation, digest) in Notations.Hashes(value))
            {
                _digests.TryAdd(BinaryPrimitives.ReadUInt128BigEndian(digest), (_values.Count - 1, notation));
            }
        }

        _forms = _byForm.GetAlternateLookup<ReadOnlySpan<char>>();
        _starts = _shapes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many distinct values are looked for.</summary>
    public int Sought => _values.Count;

    /// <summary>What was found so far, by value.</summary>
    public IReadOnlyDictionary<string, ValueFound> Found => _found.ToDictionary(one => _values[one.Key], one => one.Value, StringComparer.Ordinal);

    /// <summary>Looks through one text.</summary>
    public void Look(Origin where, string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var length = text.AsSpan(at).IndexOfAny(Separators);
            length = length < 0 ? text.Length - at : length;
            if (length > 0)
            {
                LookAtStart(where, text, at, length);
            }

            at += length + 1;
        }
    }

    private void LookAtStart(Origin where, string text, int from, int length)
    {
        LookAt(where, text, from, length);
        if (length is Md5Digits or Sha1Digits or Sha256Digits && Digest(text.AsSpan(from, length)) is { } digest && _digests.TryGetValue(digest, out var hashed))
        {
            Count(hashed.Value, hashed.Notation, where);
        }

        if (_starts.TryGetValue(text.AsSpan(from, length), out var shapes))
        {
            foreach (var (before, whole) in shapes)
            {
                if (from >= before && from - before + whole <= text.Length)
                {
                    LookAt(where, text, from - before, whole);
                }
            }
        }
    }

    private void LookAt(Origin where, string text, int from, int length)
    {
        if (!_forms.TryGetValue(text.AsSpan(from, length), out var at) || !StandsAlone(text, from, length))
        {
            return;
        }

        for (; at >= 0; at = _needles[at].Next)
        {
            var needle = _needles[at];
            if (needle.Written.Notation != Notation.Base64 || text.AsSpan(from, length).SequenceEqual(needle.Written.Text))
            {
                Count(needle.Value, needle.Written.Notation, where);
            }
        }
    }

    private static UInt128? Digest(ReadOnlySpan<char> hex)
    {
        Span<byte> bytes = stackalloc byte[Md5Digits / 2];
        return Convert.FromHexString(hex[..Md5Digits], bytes, out _, out _) == OperationStatus.Done ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : null;
    }

    /// <summary>No letter or digit goes on before or after it, and no number does.</summary>
    private static bool StandsAlone(string text, int from, int length) =>
        !Continues(text, from - 1, text[from], -1) && !Continues(text, from + length, text[from + length - 1], 1);

    // 2341 goes on in 2341.5 and 1,2341 but not in "2341." or "2341, ".
    private static bool Continues(string text, int at, char edge, int step)
    {
        if (at < 0 || at >= text.Length)
        {
            return false;
        }

        var next = text[at];
        if (char.IsLetterOrDigit(edge) && char.IsLetterOrDigit(next))
        {
            return true;
        }

        var beyond = at + step;
        return char.IsAsciiDigit(edge) && next is '.' && beyond >= 0 && beyond < text.Length && char.IsAsciiDigit(text[beyond]);
    }

    private void Count(int value, Notation notation, Origin where) =>
        _found[value] = _found.TryGetValue(value, out var before) ? before with { Times = before.Times + 1 } : new ValueFound(notation, where, 1);

    private void Add(int value, Written written)
    {
        var text = written.Text.AsSpan();
        var before = text.IndexOfAnyExcept(Separators);
        if (before < 0)
        {
            return;
        }

        _needles.Add(new Needle(value, written, _byForm.GetValueOrDefault(written.Text, -1)));
        _byForm[written.Text] = _needles.Count - 1;
        var first = text[before..].IndexOfAny(Separators);
        if (before == 0 && first < 0)
        {
            return;
        }

        var start = (first < 0 ? text[before..] : text.Slice(before, first)).ToString();
        if (!_shapes.TryGetValue(start, out var shapes))
        {
            _shapes.Add(start, shapes = []);
        }

        if (!shapes.Contains((before, text.Length)))
        {
            shapes.Add((before, text.Length));
        }
    }

    private readonly record struct Needle(int Value, Written Written, int Next);
}
