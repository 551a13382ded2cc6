using System.Net;
using System.Net.Sockets;

namespace MiSarTracker.SystemTests.Fixtures;

public static class FreePorts
{
    /// <summary>
    /// Different ports of 127.0.0.1 that were free a moment ago. Another process may take one before it is used; whoever starts
    /// a server tries again with others.
    /// </summary>
    public static int[] Take(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            foreach (TcpListener listener in listeners)
                listener.Start();
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (TcpListener listener in listeners)
                listener.Dispose();
        }
    }
}
