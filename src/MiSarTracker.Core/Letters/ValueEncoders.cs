using System.Text;
using HandlebarsDotNet;

namespace MiSarTracker.Core.Letters;

/// <summary>Puts values into a body between two marks, so that nothing in them is read as markup. No value holds the marks: they are control characters.</summary>
internal sealed class MarkedValues : ITextEncoder
{
    public const char Start = '\u0002';
    public const char End = '\u0003';

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target)
    {
        target.Write(Start);
        target.Write(text);
        target.Write(End);
    }

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        target.Write(Start);
        while (text is not null && text.MoveNext())
            target.Write(text.Current);
        target.Write(End);
    }
}

/// <summary>Puts values into a subject as they are: it is checked as a whole to be a single line.</summary>
internal sealed class PlainValues : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => target.Write(text);

    public void Encode(string? text, TextWriter target) => target.Write(text);

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        while (text is not null && text.MoveNext())
            target.Write(text.Current);
    }
}
