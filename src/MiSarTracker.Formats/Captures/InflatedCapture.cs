namespace MiSarTracker.Formats.Captures;

/// <summary>A capture inside a compressed file; damage of the compression is reported after what could be read.</summary>
internal sealed class InflatedCapture(ICaptureFile inner, InflatingStream inflating) : ICaptureFile
{
    public string Format => inner.Format;

    public string? Password => inner.Password;

    public IEnumerable<CaptureItem> Read(CancellationToken cancellationToken)
    {
        using (inflating)
        {
            foreach (var item in inner.Read(cancellationToken))
                yield return item;
            if (inflating.Damage is { } damage)
                yield return new CaptureItem.Damaged(damage);
        }
    }
}
