namespace MiSarTracker.Journey;

/// <summary>
/// Keeps what a long reading throws away from piling up. The collector waits until there is about as much garbage as the
/// processor has cache, which is hundreds of megabytes on some; collected earlier, it is little work, and memory stays bounded
/// alike on every machine. What lives is moved by a collection: the more of it there is, the more garbage may lie beside it. For one thread.
/// </summary>
internal struct GarbageBound()
{
    private const long Least = 32L << 20;
    private long _most = Least;
    private long _collected = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>To be called often; collects now and then.</summary>
    public void Hold()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (allocated - _collected > _most)
        {
            GC.Collect(0);
            (_collected, _most) = (allocated, Math.Max(Least, GC.GetTotalMemory(forceFullCollection: false) / 2));
        }
    }
}
