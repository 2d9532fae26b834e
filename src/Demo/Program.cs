using System.CommandLine;
using KpGrpc.Demo.Commands;

var root = RootVerb.Create(Console.Out, Console.Error, Console.IsOutputRedirected, TimeProvider.System);
// Longer than the servers' own grace, so that Ctrl-C ends everything in order.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await root.Parse(args).InvokeAsync(invocation);
