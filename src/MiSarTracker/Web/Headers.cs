namespace MiSarTracker.Web;

/// <summary>The headers that every answer carries, refusals too.</summary>
internal static class Headers
{
    private const string Strict = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Hangfire's pages run their own scripts and set styles; found by looking at what the browser complains about.</summary>
    private const string ForDashboard = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Set when the answer starts, so that nothing on the way can leave them out or soften them.</summary>
    public static void Promise(HttpContext context)
    {
        // As it was asked for: an error page re-executes another path.
        var policy = context.Request.Path.StartsWithSegments(Service.Jobs.Dashboard) ? ForDashboard : Strict;
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.XFrameOptions = "DENY";
            headers.Remove("Expires");
            headers.Remove("Pragma");
            return Task.CompletedTask;
        });
    }
}
