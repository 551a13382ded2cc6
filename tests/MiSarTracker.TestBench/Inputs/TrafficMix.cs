using System.Globalization;
using System.Text;
using MiSarTracker.Tests.Formats.Captures;
using MiSarTracker.Tests.Synthetic;
using NodaTime;

namespace MiSarTracker.TestBench.Inputs;

/// <summary>
/// What goes through a proxy that a phone sits behind, without end and by a seed: uploads of the band's app, and between
/// them what every phone loads.
/// </summary>
public sealed class TrafficMix
{
    /// <summary>Four years of days; then the app's uploads begin again, as an app sends a day again and again.</summary>
    private const int Days = 1_500;

    private readonly Random _random;
    private readonly IReadOnlyList<RecordedFlow> _uploads;
    private readonly byte[] _noise = new byte[4 << 20];
    private readonly bool _isSmall;
    private Instant _now;
    private int _next;

    private TrafficMix(int seed, bool isSmall)
    {
        (_random, _isSmall) = (new Random(seed), isSmall);
        _random.NextBytes(_noise);
        var weeks = SyntheticWeeks.Make(seed, new LocalDate(2022, 1, 1), isSmall ? Days / 5 : Days, DateTimeZone.Utc);
        _uploads = [.. MiFitTraffic.Of(weeks).Where(flow => flow.Target.Contains("band_data", StringComparison.Ordinal))];
        _now = _uploads[0].StartedAt;
    }

    /// <summary>Each sync one upload of the last two days, eight images of 20-180 kB and six JSON answers of 2-40 kB.</summary>
    public static TrafficMix ImagesAndJson(int seed) => new(seed, isSmall: false);

    /// <summary>One upload in a hundred; the rest are answers of 1-3 kB.</summary>
    public static TrafficMix ManySmall(int seed) => new(seed, isSmall: true);

    /// <summary>How many of the flows given out so far carry band data.</summary>
    public int Uploads { get; private set; }

    /// <summary>The next flows: one upload, and what comes before the following one.</summary>
    public IEnumerable<RecordedFlow> Sync()
    {
        var upload = _uploads[_next++ % _uploads.Count];
        _now = _next <= _uploads.Count ? upload.StartedAt : _now + Duration.FromHours(1);
        Uploads++;
        yield return upload with { StartedAt = _now };
        for (var i = 0; i < (_isSmall ? 0 : 8); i++)
            yield return Image();
        for (var i = 0; i < (_isSmall ? 99 : 6); i++)
            yield return Answer(_isSmall ? _random.Next(1_000, 3_000) : _random.Next(2_000, 40_000));
    }

    private RecordedFlow Image()
    {
        var length = _random.Next(20_000, 180_000);
        return Get("images.shop.example", $"/p/{_random.Next():x8}.jpg", "image/jpeg", _noise.AsSpan(_random.Next(_noise.Length - length), length).ToArray());
    }

    private RecordedFlow Answer(int length)
    {
        var text = new StringBuilder("{\"items\":[", length + 200);
        while (text.Length < length)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":{_random.Next()},\"title\":\"Nachricht {_random.Next(1_000)} für „alle“\",\"score\":{_random.NextDouble():0.0000},\"tags\":[\"a\",\"b\\n\"]}},");
        }

        text.Length--;
        return Get("api.news.example", $"/v2/feed?page={_random.Next(90)}", "application/json; charset=utf-8", Encoding.UTF8.GetBytes(text.Append("]}").ToString()));
    }

    private RecordedFlow Get(string host, string target, string type, byte[] body)
    {
        _now += Duration.FromMilliseconds(_random.Next(5, 900));
        return new RecordedFlow
        {
            Method = "GET",
            Host = host,
            Target = target,
            StartedAt = _now,
            Headers = [("User-Agent", "Mozilla/5.0 (Linux; Android 14; Pixel 7)"), ("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate, br")],
            Body = [],
            ResponseHeaders = [("Content-Type", type), ("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture)), ("Cache-Control", "max-age=3600"), ("Server", "nginx")],
            ResponseBody = body,
        };
    }
}
