namespace MiSarTracker.Benchmarks.Peers;

/// <summary>Peers that are written here, each a run of this program of its own.</summary>
internal static class PeerProgram
{
    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["hash-and-copy", var source, var target]:
                Console.WriteLine(HashAndCopy.Run(source, target));
                return 0;
            case ["duckdb-join", var left, var right]:
                Console.WriteLine(DuckDbJoin.Run(left, right));
                return 0;
            default:
                Console.Error.WriteLine("peer hash-and-copy SOURCE TARGET | peer duckdb-join LEFT.csv RIGHT.csv");
                return 2;
        }
    }
}
