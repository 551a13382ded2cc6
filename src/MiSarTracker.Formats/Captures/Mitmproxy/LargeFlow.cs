using System.Globalization;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>
/// Reads a large flow piece by piece: bodies above the limit and what evidence does not need are passed over, the rest
/// is put together as a small flow. Memory: two bodies at the limit, whatever the flow's size.
/// </summary>
internal sealed class LargeFlow(ByteWindow window, Limits limits)
{
    private const int LargestOther = 4 << 20;
    private const int PrefixLength = Tnetstring.MaxDigits + 1;

    private byte[] _kept = [];
    private int _length;
    private bool _keeps;
    private bool _inRequest;

    public enum Outcome
    {
        Whole,
        TooLarge,
        CutOff,
        Damaged,
    }

    /// <summary>The flow's payload without what was passed over.</summary>
    public ReadOnlyMemory<byte> Flow => _kept.AsMemory(0, _length);

    public FlowConverter.LeftOut LeftOut { get; private set; }

    /// <summary>Reads the flow that the window begins with, and passes over it, or up to the place of the damage.</summary>
    public Outcome Read(FlowHeader header, CancellationToken cancellationToken)
    {
        LeftOut = default;
        _length = 0;
        _keeps = header.Payload <= limits.MaxExchangeBytes;
        if (_keeps)
            Reserve(header.Payload);
        window.Advance(header.Length);
        var outcome = Pairs(header.Payload, isMessage: false, cancellationToken);
        if (outcome != Outcome.Whole)
            return outcome;
        if (!window.Ensure(1))
            return Outcome.CutOff;
        if (window.Span[0] != Tnetstring.Dict)
            return Outcome.Damaged;
        window.Advance(1);
        return _keeps ? Outcome.Whole : Outcome.TooLarge;
    }

    private void Reserve(long payload)
    {
        var most = (2 * limits.MaxBodyBytes) + (4L * LargestOther);
        var needed = (int)Math.Min(Math.Min(payload, most) + (4 * PrefixLength), Array.MaxLength);
        if (_kept.Length < needed)
            _kept = GC.AllocateUninitializedArray<byte>(needed);
    }

    private Outcome Pairs(long left, bool isMessage, CancellationToken cancellationToken)
    {
        Span<byte> key = stackalloc byte[32];
        while (left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcome = Key(ref left, key, out var keyLength);
            if (outcome == Outcome.Whole)
                outcome = Value(ref left, key[..keyLength], isMessage, cancellationToken);
            if (outcome != Outcome.Whole)
                return outcome;
        }

        return Outcome.Whole;
    }

    private Outcome Key(ref long left, Span<byte> key, out int length)
    {
        length = 0;
        if (Prefix(left) is not { Payload: <= 32 } header)
            return Short();
        if (!window.Ensure((int)header.Whole))
            return Outcome.CutOff;
        if (window.Span[(int)header.Whole - 1] is not (Tnetstring.Text or Tnetstring.Bytes))
            return Outcome.Damaged;
        length = (int)header.Payload;
        window.Span.Slice(header.Length, length).CopyTo(key);
        window.Advance((int)header.Whole);
        left -= header.Whole;
        return Outcome.Whole;
    }

    private Outcome Value(ref long left, ReadOnlySpan<byte> key, bool isMessage, CancellationToken cancellationToken)
    {
        if (Prefix(left) is not { } header)
            return Short();
        left -= header.Whole;
        var isPart = !isMessage && (key.SequenceEqual("request"u8) || key.SequenceEqual("response"u8));
        var isBody = isMessage && (key.SequenceEqual("content"u8) || key.SequenceEqual("body"u8));
        if (isPart && header.Payload > 0)
            return Message(header, key, cancellationToken);
        var most = isBody ? limits.MaxBodyBytes : LargestOther;
        var keeps = _keeps && header.Payload <= most && header.Whole + key.Length + 8 <= _kept.Length - _length;
        if (!keeps)
        {
            if (isBody)
                LeftOut = _inRequest ? LeftOut with { Request = header.Payload } : LeftOut with { Response = header.Payload };
            return window.Skip(header.Whole) == header.Whole ? Outcome.Whole : Outcome.CutOff;
        }

        PutKey(key);
        var taken = window.Take(_kept.AsSpan(_length, (int)header.Whole));
        _length += taken;
        return taken == header.Whole ? Outcome.Whole : Outcome.CutOff;
    }

    /// <summary>Goes into a request or response; its new length is written into a prefix of fixed width.</summary>
    private Outcome Message(FlowHeader header, ReadOnlySpan<byte> key, CancellationToken cancellationToken)
    {
        _inRequest = key.SequenceEqual("request"u8);
        if (_keeps && key.Length + 8 + PrefixLength > _kept.Length - _length)
            return Outcome.Damaged;
        PutKey(key);
        var prefixAt = _length;
        _length += _keeps ? PrefixLength : 0;
        window.Advance(header.Length);
        var outcome = Pairs(header.Payload, isMessage: true, cancellationToken);
        if (outcome != Outcome.Whole)
            return outcome;
        if (!window.Ensure(1))
            return Outcome.CutOff;
        if (window.Span[0] != Tnetstring.Dict)
            return Outcome.Damaged;
        window.Advance(1);
        if (!_keeps)
            return Outcome.Whole;
        if (_length == _kept.Length)
            return Outcome.Damaged;
        (_length - prefixAt - PrefixLength).TryFormat(_kept.AsSpan(prefixAt), out _, "D12", CultureInfo.InvariantCulture);
        _kept[prefixAt + Tnetstring.MaxDigits] = (byte)':';
        _kept[_length++] = Tnetstring.Dict;
        return Outcome.Whole;
    }

    private void PutKey(ReadOnlySpan<byte> key)
    {
        if (!_keeps)
            return;
        key.Length.TryFormat(_kept.AsSpan(_length), out var digits, default, CultureInfo.InvariantCulture);
        _length += digits;
        _kept[_length++] = (byte)':';
        key.CopyTo(_kept.AsSpan(_length));
        _length += key.Length;
        _kept[_length++] = Tnetstring.Text;
    }

    private FlowHeader? Prefix(long left)
    {
        window.Ensure(PrefixLength);
        return FlowHeader.Read(window.Span) is { } header && header.Whole <= left ? header : null;
    }

    /// <summary>Why there is no length prefix: the file ended within it, or it is none.</summary>
    private Outcome Short() =>
        window.Ended && window.Length < PrefixLength && FlowHeader.Read(window.Span) is null ? Outcome.CutOff : Outcome.Damaged;
}
