namespace MiSarTracker.Web;

/// <summary>
/// What every request passes before anything looks at it: the name it was asked by, the token, and where it comes from.
/// A page of another site, another program's page on this machine and another user without the token are all refused.
/// </summary>
internal sealed class Gates(RequestDelegate next, ListenAddresses addresses, AccessToken token)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        Headers.Promise(context);
        if (!addresses.Knows(request.Host))
            return Refuse(context, StatusCodes.Status421MisdirectedRequest, "This service does not answer to that name.");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsPost(request.Method))
            return Refuse(context, StatusCodes.Status405MethodNotAllowed, "Nothing here takes that method.");
        if (IsOpening(request))
            return Open(context);
        if (!token.IsIn(request))
            return Refuse(context, StatusCodes.Status401Unauthorized, "Open the address that misar serve printed when it started; it holds the key to these pages.");
        return ComesFromHere(request)
            ? next(context)
            : Refuse(context, StatusCodes.Status403Forbidden, "Another site's page asked for this. Type the address, or follow a link within these pages.");
    }

    private static bool IsOpening(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Query.ContainsKey(AccessToken.Parameter);

    private Task Open(HttpContext context)
    {
        if (!token.Is(context.Request.Query[AccessToken.Parameter]))
            return Refuse(context, StatusCodes.Status401Unauthorized, "That is not the key of this service. Each start of misar serve prints a new one.");
        token.Give(context);
        // Takes the token out of the address line.
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
        return Task.CompletedTask;
    }

    /// <summary>
    /// Browsers say where a request comes from (Sec-Fetch-Site); older ones say it with Origin when they send something.
    /// Who sends something must say it. Another port of this machine counts as another site.
    /// </summary>
    private static bool ComesFromHere(HttpRequest request)
    {
        var isReading = !HttpMethods.IsPost(request.Method);
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}")
            return false;
        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" => true,
            "none" => isReading,
            "" => isReading || origin.Length > 0,
            _ => false,
        };
    }

    private static Task Refuse(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        // What the sender still wants to send is not read.
        context.Response.Headers.Connection = "close";
        return context.Response.WriteAsync(reason + "\n", context.RequestAborted);
    }
}
