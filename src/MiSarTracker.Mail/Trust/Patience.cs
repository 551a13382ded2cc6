using System.Net.Sockets;
using MailKit;

namespace MiSarTracker.Mail.Trust;

/// <summary>Runs one step of a dialogue within a time.</summary>
internal static class Patience
{
    /// <exception cref="TimeoutException">The time was over first.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled first.</exception>
    public static async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> act, CancellationToken callers)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(callers);
        stop.CancelAfter(limit);
        try
        {
            return await act(stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (stop.IsCancellationRequested
            && e is OperationCanceledException or IOException or SocketException or ProtocolException or ObjectDisposedException)
        {
            // A stream that is cancelled in the middle of a read reports a broken line as often as a cancellation.
            callers.ThrowIfCancellationRequested();
            throw new TimeoutException("There was no answer in time.", e);
        }
    }

    public static async Task WithinAsync(TimeSpan limit, Func<CancellationToken, Task> act, CancellationToken callers) =>
        await WithinAsync(limit, async stop =>
        {
            await act(stop).ConfigureAwait(false);
            return true;
        }, callers).ConfigureAwait(false);
}
