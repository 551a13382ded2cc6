using MiSarTracker;
using MiSarTracker.Commands;

return await CommandLine.RunAsync(args, new Wiring(), Console.Out, Console.Error).ConfigureAwait(false);
