namespace KpGrpc.InferenceServer.Registry;

/// <summary>Reads versions of one kind into memory.</summary>
internal interface IModelLoader
{
    /// <summary>The kind in cards that it reads, such as <c>sequence-transformer</c>.</summary>
    string Kind { get; }

    /// <summary>Reads a verified folder. Blocks while it reads; not on a request's thread.</summary>
    /// <returns>The version; the caller disposes it.</returns>
    /// <exception cref="ModelFaultException">The files are not what the card says.</exception>
    IServedModel Load(ModelFolder folder, LoadPlan plan);
}
