namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>What a pickle may name and call: the boundary to everything outside its program.</summary>
internal interface IPickleWorld
{
    /// <summary>Something by module and name.</summary>
    /// <exception cref="PickleException">It is not allowed.</exception>
    object Name(string module, string name);

    /// <summary>An object that lies outside the pickle.</summary>
    object Persistent(object? identifier);

    /// <summary>The result of a call.</summary>
    object Call(object? function, object?[] arguments);
}
