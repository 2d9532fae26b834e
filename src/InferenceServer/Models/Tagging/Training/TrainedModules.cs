using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>Several trees of weights as one module, for averages and checkpoints. The trees stay their owners'.</summary>
internal sealed class TrainedModules : torch.nn.Module
{
    /// <summary>Joins trees under names.</summary>
    public TrainedModules(params ReadOnlySpan<(string Name, torch.nn.Module? Tree)> trees)
        : base(nameof(TrainedModules))
    {
        foreach (var (name, tree) in trees)
        {
            if (tree is not null)
            {
                register_module(name, tree);
            }
        }
    }
}
