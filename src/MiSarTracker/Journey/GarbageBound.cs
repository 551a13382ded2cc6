namespace MiSarTracker.Journey;

/// <summary>
/// Keeps what a long reading throws away from piling up. The collector waits until there is about as much garbage as the
/// processor has cache, which is hundreds of megabytes on some; collected earlier, it is little work, and memory stays bounded
/// alike on every machine. For one thread.
/// </summary>
internal struct GarbageBound()
{
    private const long Most = 32L << 20;
    private long _collected = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>To be called often; collects now and then.</summary>
    public void Hold()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (allocated - _collected > Most)
        {
            GC.Collect(0);
            _collected = allocated;
        }
    }
}
