namespace KpGrpc.InferenceServer.Tests.Torch;

/// <summary>Tests that count all live tensors of the process: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneWithTensors
{
    public const string Name = "alone with tensors";
}
