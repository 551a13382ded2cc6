using System.Text.RegularExpressions;

namespace MiSarTracker.Core.Letters;

/// <summary>
/// Reads the tags of a template and holds them against <see cref="Vocabulary"/>: unknown names, names that may be empty
/// outside their condition, blocks that do not match, and every form of tag that could print a value unmarked.
/// </summary>
internal sealed partial class TemplateCheck(string file, LetterKind kind)
{
    private readonly Stack<Block> _open = new();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Every name that stood in a tag, conditions included.</summary>
    public IReadOnlySet<string> Used => _used;

    /// <summary>Checks one piece of the file.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="firstLine">The line of the file on which it starts, from 1.</param>
    /// <param name="firstColumn">The column on which it starts, from 1.</param>
    /// <exception cref="BadInput">The first fault, with line and column.</exception>
    public void Run(string text, int firstLine, int firstColumn = 1)
    {
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at + 2, StringComparison.Ordinal))
        {
            var place = Place(text, at, firstLine, firstColumn);
            var tag = Tag().Match(text, at);
            if (!tag.Success)
                throw Fault(place, "this tag is not closed, or is of a form that letters do not use (write {{name}}, {{#if name}}, {{#unless name}}, {{#each name}}, {{else}}, {{/if}}, {{! remark}})");
            Accept(tag, place);
            at += tag.Length - 2;
        }

        if (_open.TryPeek(out var block))
            throw Fault(block.Place, $"{{{{#{block.Verb} {block.Name}}}}} is not closed");
    }

    /// <summary>The place of an offset, as messages name it.</summary>
    public static string Place(string text, int offset, int firstLine, int firstColumn = 1)
    {
        var line = text.AsSpan(0, offset).Count('\n');
        var column = offset - (text.LastIndexOf('\n', Math.Max(offset - 1, 0), Math.Max(offset, 0)) + 1);
        return FormattableString.Invariant($"line {firstLine + line}, column {column + (line == 0 ? firstColumn : 1)}");
    }

    private void Accept(Match tag, string place)
    {
        var (verb, name) = (tag.Groups["verb"].Value, tag.Groups["name"].Value);
        if (tag.Groups["remark"].Success)
            return;
        if (tag.Groups["else"].Success)
        {
            if (!_open.TryPeek(out var block) || block.Verb == "each" || block.InElse)
                throw Fault(place, "{{else}} belongs within {{#if}} or {{#unless}}, once");
            _open.Pop();
            _open.Push(block with { InElse = true });
        }
        else if (tag.Groups["close"].Success)
        {
            if (!_open.TryPop(out var block) || block.Verb != tag.Groups["close"].Value)
                throw Fault(place, $"{tag.Value} closes nothing that is open");
        }
        else if (verb.Length > 0)
        {
            OpenBlock(verb, name, place);
        }
        else
        {
            Print(name, place);
        }
    }

    private void OpenBlock(string verb, string name, string place)
    {
        var use = Lookup(name, place);
        if (verb == "each" && use != Vocabulary.Use.List)
            throw Fault(place, $"\"{name}\" is no list");
        if (verb == "each" && _open.Any(block => block.Verb == "each"))
            throw Fault(place, "a list within a list is not possible");
        _open.Push(new Block(verb, name, place, InElse: false));
    }

    private void Print(string name, string place)
    {
        var use = Lookup(name, place);
        if (use is Vocabulary.Use.List or Vocabulary.Use.Condition)
            throw Fault(place, $"\"{name}\" is no text; it stands in {{{{#if {name}}}}}{(use == Vocabulary.Use.List ? $" or {{{{#each {name}}}}}" : "")}");
        var guarded = Vocabulary.AlwaysThere(kind, name)
            || _open.Any(block => block.Name == name && block.Verb == (block.InElse ? "unless" : "if"));
        if (use == Vocabulary.Use.OptionalText && !guarded)
            throw Fault(place, $"\"{name}\" may be missing; put it within {{{{#if {name}}}}} … {{{{/if}}}}");
    }

    private Vocabulary.Use Lookup(string name, string place)
    {
        _used.Add(name);
        var list = _open.FirstOrDefault(block => block.Verb == "each");
        if (list is not null && Vocabulary.Items[list.Name].TryGetValue(name, out var itemUse))
            return itemUse;
        if (list is null && Vocabulary.Letter.TryGetValue(name, out var use))
            return use;
        var known = list is null ? Vocabulary.Letter.Keys : Vocabulary.Items[list.Name].Keys;
        throw Fault(place, $"the placeholder \"{name}\" is unknown {(list is null ? "here" : $"within {list.Name}")}; known are {string.Join(", ", known)}");
    }

    private BadInput Fault(string place, string reason) => new(file, place, reason);

    [GeneratedRegex(@"\G\{\{(?!\{)(?:(?<remark>![^{}]*)|(?<else>else)|/(?<close>if|unless|each)|#(?<verb>if|unless|each) (?<name>[A-Za-z0-9.]+)|(?<name>[A-Za-z0-9.]+))\}\}(?!\})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    private sealed record Block(string Verb, string Name, string Place, bool InElse);
}
