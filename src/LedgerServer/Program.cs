using KpGrpc.LedgerServer.Verbs;

return await RootVerb.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
