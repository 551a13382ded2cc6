namespace MiSarTracker.Web;

/// <summary>The stylesheet and the icon, from the executable itself.</summary>
internal static class Assets
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/style.css", () => Results.Bytes(Read("style.css"), "text/css; charset=utf-8"));
        routes.MapGet("/favicon.svg", () => Results.Bytes(Read("favicon.svg"), "image/svg+xml"));
        routes.MapGet("/favicon.ico", () => Results.Bytes(Read("favicon.svg"), "image/svg+xml"));
    }

    internal static byte[] Read(string name)
    {
        using var resource = typeof(Assets).Assembly.GetManifestResourceStream("Web/" + name)
            ?? throw new InvalidOperationException($"The executable holds no Web/{name}.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
