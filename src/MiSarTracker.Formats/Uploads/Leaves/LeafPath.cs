using System.Text;

namespace MiSarTracker.Formats.Uploads.Leaves;

/// <summary>
/// Where a reader stands in JSON: <c>$.items[*].value</c>. Elements of a list share a path, for a field is the same in each.
/// </summary>
internal sealed class LeafPath(string root)
{
    private readonly StringBuilder _path = new(root);
    private readonly Stack<(int Length, bool IsList)> _open = new();

    // The path in text, kept while it does not change: lists of numbers are long.
    private string? _text;

    public void Open(bool isList)
    {
        _open.Push((_path.Length, isList));
        if (isList)
        {
            _path.Append("[*]");
            _text = null;
        }
    }

    public void Close()
    {
        var length = _open.Pop().Length;
        if (length != _path.Length)
        {
            _path.Length = length;
            _text = null;
        }
    }

    /// <summary>The value of this property comes next.</summary>
    public void Name(string name)
    {
        _path.Length = _open.Peek().Length;
        _path.Append('.').Append(name.AsSpan(0, Math.Min(name.Length, 100)));
        _text = null;
    }

    public override string ToString() => _text ??= _path.ToString();
}
