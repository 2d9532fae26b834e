using KpGrpc.Gateway.Verbs;

return await RootVerb.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
