namespace MiSarTracker.Pdf.Writing;

/// <summary>Where a link leads: out of the document (absolute address) or to an anchor in it.</summary>
internal sealed record LinkTarget(string? Address, string? Anchor)
{
    private const int LongestAddress = 4_000;

    /// <summary>A link out of the document, or null when the address is not one that may be opened.</summary>
    public static LinkTarget? To(string address)
    {
        if (address.Length > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeMailto)
            return null;
        // The format wants ASCII: international host names are written as the network knows them.
        string ascii = uri.Host == uri.IdnHost ? uri.AbsoluteUri : new UriBuilder(uri) { Host = uri.IdnHost }.Uri.AbsoluteUri;
        return ascii.All(c => c is > ' ' and <= '~') ? new(ascii, null) : null;
    }
}

/// <summary>A sensitive rectangle on a page; measures from the page's lower left corner.</summary>
internal sealed class LinkAnnotation(PageCanvas page, LinkTarget target, StructElement element, string description)
{
    public PageCanvas Page => page;

    public LinkTarget Target => target;

    public StructElement Element => element;

    /// <summary>Said by a screen reader: the link's words.</summary>
    public string Description => description;

    public required double Left { get; init; }

    public required double Bottom { get; init; }

    public required double Right { get; init; }

    public required double Top { get; init; }

    /// <summary>Set while the file is written.</summary>
    public int ObjectId { get; set; }

    /// <summary>Key in the parent tree; set while the file is written.</summary>
    public int StructParent { get; set; }
}
