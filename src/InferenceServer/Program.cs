using KpGrpc.InferenceServer.Commands;

return await RootVerb.Create().Parse(args).InvokeAsync();
