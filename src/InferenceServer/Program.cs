using System.CommandLine;

using KpGrpc.InferenceServer.Commands;

// SIGTERM belongs to the host, which drains: the command line's own handler would cut the process after two seconds.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await RootVerb.Create(args).Parse(args).InvokeAsync(invocation);
