using System.Text;

namespace MiSarTracker.Formats.Answers.Json;

/// <summary>The paths to values in a list's objects, each with the column that it became.</summary>
internal sealed class JsonColumns
{
    private readonly List<string> _names = [];
    private readonly int _most;
    private readonly Node _beyond;
    private readonly string _values;
    private int _places;

    /// <param name="most">Columns that are kept; a value of a further one is counted in <see cref="Dropped"/>.</param>
    /// <param name="values">The name of a column for elements that are no objects.</param>
    public JsonColumns(int most, string values)
    {
        _values = values;
        _most = most;
        _beyond = new Node("", this);
        Root = new Node("", this);
    }

    /// <summary>Values that found no column.</summary>
    public long Dropped { get; private set; }

    public Node Root { get; }

    /// <summary>The columns' names in the order in which they were met.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>One place in the objects.</summary>
    internal sealed class Node(string path, JsonColumns columns)
    {
        private readonly List<(byte[] Name, Node Node)> _children = [];
        private Dictionary<string, Node>? _many;
        private int _column = -1;
        private int _next;

        public string Path => path;

        /// <summary>Finds the column of a value that stands here, a new one when none did before; false when there are too many.</summary>
        public bool TryColumn(out int column)
        {
            if (_column < 0 && columns._names.Count < columns._most && !ReferenceEquals(this, columns._beyond))
            {
                _column = columns._names.Count;
                columns._names.Add(path.Length == 0 ? columns._values : path);
            }

            column = _column;
            columns.Dropped += column < 0 ? 1 : 0;
            return column >= 0;
        }

        /// <summary>The place that a property leads to. Properties come in the same order in most objects: the next one is tried first.</summary>
        public Node Child(ReadOnlySpan<byte> name)
        {
            for (var tried = 0; tried < Math.Min(_children.Count, 32); tried++)
            {
                var at = (_next + tried) % _children.Count;
                if (_children[at].Name.AsSpan().SequenceEqual(name))
                {
                    _next = at + 1;
                    return _children[at].Node;
                }
            }

            if (ReferenceEquals(this, columns._beyond))
                return this;

            return _children.Count > 32 && (_many ??= Index()).TryGetValue(Encoding.UTF8.GetString(name), out var known) ? known : Add(name);
        }

        private Node Add(ReadOnlySpan<byte> name)
        {
            if (++columns._places > 4 * columns._most)
                return columns._beyond;

            var text = Encoding.UTF8.GetString(name);
            var node = new Node(path.Length == 0 ? text : $"{path}.{text}", columns);
            _children.Add((name.ToArray(), node));
            _many?.TryAdd(text, node);
            _next = _children.Count;
            return node;
        }

        private Dictionary<string, Node> Index()
        {
            var index = new Dictionary<string, Node>(StringComparer.Ordinal);
            foreach (var (name, node) in _children)
                index.TryAdd(Encoding.UTF8.GetString(name), node);

            return index;
        }
    }
}
