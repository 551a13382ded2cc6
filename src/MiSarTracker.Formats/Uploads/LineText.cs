using System.Globalization;
using System.Runtime.CompilerServices;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// The text of a line for a reader, in the invariant culture; put together only when somebody is to read it. Captures hold
/// uploads by the thousand, and most are only counted.
/// </summary>
[InterpolatedStringHandler]
internal ref struct LineText
{
    private DefaultInterpolatedStringHandler _text;

    public LineText(int literalLength, int formattedCount, UploadSink sink, out bool isWanted)
    {
        isWanted = sink.IsReadable;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
