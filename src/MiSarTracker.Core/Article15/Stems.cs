namespace MiSarTracker.Core.Article15;

/// <summary>
/// What a text must hold for an expression to be found in it: some words, one of which is in every match. Looking for words is a
/// hundred times faster than looking for an expression, and most sentences hold none of them.
/// </summary>
internal sealed class Stems
{
    private readonly string _expression;
    private int _at;

    private Stems(string expression) => _expression = expression;

    /// <returns>The words; null when no such words can be told.</returns>
    public static IReadOnlyList<string>? Of(string expression)
    {
        var reading = new Stems(expression);
        var stems = reading.Alternatives();
        return reading._at == expression.Length && stems is { Count: > 0 } && stems.All(stem => stem.Length > 1) ? stems : null;
    }

    /// <summary>Each branch needs its own words.</summary>
    private List<string>? Alternatives()
    {
        List<string>? all = [];
        do
        {
            var branch = Sequence();
            all = all is null || branch is null ? null : [.. all, .. branch];
        }
        while (Take('|'));
        return all;
    }

    /// <summary>Of a sequence all is needed; the part with the longest words is taken.</summary>
    private List<string>? Sequence()
    {
        List<string>? best = null;
        var run = "";
        while (_at < _expression.Length && _expression[_at] is not ('|' or ')'))
        {
            var (letter, words) = Element();
            var isNeeded = IsNeeded();
            if (letter is { } plain && isNeeded == Need.Once)
            {
                run += plain;
                continue;
            }

            best = Better(best, run);
            run = "";
            if (isNeeded == Need.None)
            {
                continue;
            }

            best = letter is { } repeated ? Better(best, repeated.ToString()) : Better(best, words);
        }

        return Better(best, run);
    }

    private (char? Letter, List<string>? Words) Element()
    {
        var letter = _expression[_at++];
        switch (letter)
        {
            case '(':
                if (_at + 1 < _expression.Length && _expression[_at] == '?')
                {
                    _at += 2;
                }

                var words = Alternatives();
                _ = Take(')');
                return (null, words);
            case '[':
                while (_at < _expression.Length && _expression[_at] != ']')
                {
                    _at += _expression[_at] == '\\' ? 2 : 1;
                }

                _at++;
                return (null, null);
            case '\\' when _at < _expression.Length:
                var escaped = _expression[_at++];
                return char.IsAsciiLetterOrDigit(escaped) ? (null, null) : (escaped, null);
            case '.' or '^' or '$':
                return (null, null);
            default:
                return (letter, null);
        }
    }

    private enum Need
    {
        None,
        Once,
        Often,
    }

    /// <summary>Reads the quantifier behind an element.</summary>
    private Need IsNeeded()
    {
        var need = Need.Once;
        if (Take('?') || Take('*'))
        {
            need = Need.None;
        }
        else if (Take('+'))
        {
            need = Need.Often;
        }
        else if (_at + 1 < _expression.Length && _expression[_at] == '{' && char.IsAsciiDigit(_expression[_at + 1]))
        {
            need = _expression[_at + 1] == '0' ? Need.None : Need.Often;
            _at = _expression.IndexOf('}', _at) is var end and >= 0 ? end + 1 : _expression.Length;
        }

        _ = Take('?');
        return need;
    }

    private bool Take(char letter)
    {
        if (_at >= _expression.Length || _expression[_at] != letter)
        {
            return false;
        }

        _at++;
        return true;
    }

    private static List<string>? Better(List<string>? best, string run) => Better(best, run.Trim().Length == 0 ? null : [run]);

    private static List<string>? Better(List<string>? best, List<string>? other)
    {
        if (best is null || other is null || best.Count == 0 || other.Count == 0)
        {
            return best is { Count: > 0 } ? best : other is { Count: > 0 } ? other : null;
        }

        return other.Min(stem => stem.Length) > best.Min(stem => stem.Length) ? other : best;
    }
}
