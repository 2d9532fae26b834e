using KpGrpc.InferenceServer.Training;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>One stage of a training: what a step does, and in which order texts come.</summary>
internal sealed record StagePlan
{
    /// <summary>Name of the stage, which its files and random numbers go by.</summary>
    public required string Name { get; init; }

    /// <summary>Says what is trained on and how, for the checkpoint.</summary>
    public required string Recipe { get; init; }

    /// <summary>Everything trained.</summary>
    public required torch.nn.Module Modules { get; init; }

    /// <summary>The same by how it is trained.</summary>
    public required IReadOnlyList<ParameterGroup> Groups { get; init; }

    /// <summary>Epochs at most.</summary>
    public required int Epochs { get; init; }

    /// <summary>Peak learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Length of each text, to put equal ones together.</summary>
    public required IReadOnlyList<int> Lengths { get; init; }

    /// <summary>The loss of a batch: texts by index, random numbers of this step; a surrogate with its gradients, and the value in nats.</summary>
    public required Func<int[], SeededRandom, (torch.Tensor Surrogate, double Loss)> Loss { get; init; }

    /// <summary>Figures on the validation texts, the first of which is to grow; null: the stage has none and runs to its end.</summary>
    public Func<IReadOnlyList<KeyValuePair<string, double>>>? Validate { get; init; }
}
