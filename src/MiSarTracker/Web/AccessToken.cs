using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MiSarTracker.Web;

/// <summary>
/// 256 random bits, drawn at each start and shown once, in the address that opens the pages. The browser keeps it in a
/// cookie that no script reads and no other site sends.
/// </summary>
internal sealed class AccessToken
{
    /// <summary>The parameter of the address that opens the pages.</summary>
    public const string Parameter = "token";

    private readonly string _value;

    private AccessToken(string value) => _value = value;

    public static AccessToken Draw() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public Uri AddTo(Uri address) => new(address, $"/?{Parameter}={_value}");

    /// <summary>Compared in a time that tells nothing about how much of it is right.</summary>
    public bool Is(string? offered) => offered is not null && CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(_value)), SHA256.HashData(Encoding.UTF8.GetBytes(offered)));

    /// <summary>Whether a request carries the cookie.</summary>
    public bool IsIn(HttpRequest request) => Is(request.Cookies[CookieName(request)]);

    public void Give(HttpContext context) => context.Response.Cookies.Append(CookieName(context.Request), _value, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        IsEssential = true,
    });

    /// <summary>Browsers keep cookies by host and not by port; with the port in its name, two services do not overwrite each other's.</summary>
    private static string CookieName(HttpRequest request) => $"misar-{request.HttpContext.Connection.LocalPort}";
}
