using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using MiSarTracker.Service;

namespace MiSarTracker.Web;

/// <summary>The pages: how they listen, what stands in front of them, where they are.</summary>
internal static class WebPages
{
    /// <summary>The pages' forms are a few fields; nothing is uploaded here.</summary>
    private const int LargestRequest = 64 * 1024;

    public static void Add(WebApplicationBuilder builder, ServiceParts parts, ListenAddresses addresses, AccessToken token)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Limits.MaxConcurrentConnections = 200;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
            foreach (var address in addresses.EndPoints)
                kestrel.Listen(address);
        });
        builder.Services.AddSingleton(token);
        // Forms are good for as long as the service runs; nothing is written outside the workspace.
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "misar-form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.HttpOnly = true;
        });
        builder.Services.Configure<CookieTempDataProviderOptions>(told =>
        {
            told.Cookie.Name = "misar-told";
            told.Cookie.SameSite = SameSiteMode.Strict;
        });
        builder.Services.AddRazorPages(razor => razor.RootDirectory = "/Web/Pages");
    }

    public static void Use(WebApplication app, ListenAddresses addresses, AccessToken token)
    {
        app.UseMiddleware<Gates>(addresses, token);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = Problem, AllowStatusCode404Response = true });
        app.UseStatusCodePagesWithReExecute(Problem);
        Jobs.UseDashboard(app, token);
        app.UseRouting();
        app.MapRazorPages();
        Assets.Map(app);
        Files.Map(app);
    }

    public const string Problem = "/problem";
}
