using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Xiaomi;

/// <summary>
/// The answer to a login with a Xiaomi account: JSON, behind <c>&amp;&amp;&amp;START&amp;&amp;&amp;</c> in most versions. Its <c>ssecurity</c> is
/// the key to what the same account's apps send later; nothing of it is kept but a fact with its hash.
/// </summary>
internal sealed class XiaomiLogin(XiaomiSession session) : IPayloadDecoder
{
    public string Name => PayloadDecoders.XiaomiLogin;

    public bool Decode(RequestContent content, RequestKind kind, UploadSink sink)
    {
        var start = content.Bytes.Span.IndexOf((byte)'{');
        if (start is < 0 or > 64)
        {
            return false;
        }

        using var document = JsonBytes.Parse(content.Bytes[start..], out _);
        if (document is null)
        {
            return false;
        }

        var root = document.RootElement;
        if (root.Text("ssecurity") is { Length: > 0 } ssecurity)
        {
            session.Learn(ssecurity);
            sink.Fact(Category.Account, "session-key", ssecurity, "$.ssecurity", identifies: false, isSecret: true);
        }

        foreach (var name in (string[])["userId", "cUserId"])
        {
            if (root.Text(name) is { Length: > 0 } id)
            {
                sink.Fact(Category.Account, "xiaomi-user-id", id, $"$.{name}", identifies: true);
            }
        }

        return true;
    }
}
