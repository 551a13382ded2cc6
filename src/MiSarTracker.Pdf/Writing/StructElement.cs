namespace MiSarTracker.Pdf.Writing;

/// <summary>One node of the tag tree: what a stretch of the page is, for screen readers and text extraction.</summary>
internal sealed class StructElement
{
    private readonly List<object> _kids = [];
    private bool _isAttached;

    public StructElement(StructElement? parent, string type)
        : this(parent, type, attach: true)
    {
    }

    private StructElement(StructElement? parent, string type, bool attach)
    {
        Parent = parent;
        Type = type;
        if (attach)
            Attach();
    }

    /// <summary>Standard structure type: "P", "H1", "Table" …</summary>
    public string Type { get; }

    public StructElement? Parent { get; }

    public string? Alt { get; init; }

    public string? Lang { get; init; }

    /// <summary>Attribute dictionary in PDF syntax, such as "&lt;&lt;/O/Table/Scope/Column&gt;&gt;".</summary>
    public string? Attributes { get; init; }

    /// <summary>Elements, <see cref="MarkedContent"/> and <see cref="LinkAnnotation"/> in reading order.</summary>
    public IReadOnlyList<object> Kids => _kids;

    /// <summary>Set while the file is written.</summary>
    public int ObjectId { get; set; }

    /// <summary>An element that takes its place among its parent's content when something of it is first drawn.</summary>
    public static StructElement Deferred(StructElement parent, string type, string? alt = null) => new(parent, type, attach: false) { Alt = alt };

    public void Add(MarkedContent content)
    {
        Attach();
        _kids.Add(content);
    }

    public void Add(LinkAnnotation annotation)
    {
        Attach();
        _kids.Add(annotation);
    }

    private void Attach()
    {
        if (_isAttached)
            return;
        _isAttached = true;
        Parent?.Attach();
        Parent?._kids.Add(this);
    }
}

/// <summary>A stretch of a page's content that belongs to one element.</summary>
internal sealed record MarkedContent(PageCanvas Page, int Id);
