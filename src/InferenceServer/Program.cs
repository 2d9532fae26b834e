using KpGrpc.InferenceServer.Commands;

return await RootVerb.RunAsync(args);
