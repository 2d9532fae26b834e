using System.ComponentModel.DataAnnotations;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>How a sequence network is trained. The defaults were chosen on the validation items of MovieLens-1M and MOOCCube.</summary>
internal sealed class SequenceTrainerOptions
{
    private const int StepsPerEpoch = 150;
    private const int PlacesMin = 512;
    private const int PlacesMax = 6400;

    /// <summary>Width of the embeddings. Default 64.</summary>
    [Range(4, 4096)]
    public int Width { get; set; } = 64;

    /// <summary>Transformer blocks. Default 2.</summary>
    [Range(1, 64)]
    public int Blocks { get; set; } = 2;

    /// <summary>Attention heads a block; a divisor of the width. Default 2.</summary>
    [Range(1, 64)]
    public int Heads { get; set; } = 2;

    /// <summary>Width of the inner layers. Default 128.</summary>
    [Range(4, 16384)]
    public int InnerWidth { get; set; } = 128;

    /// <summary>Newest works of a history that are read, and the length of a training window. Default 200.</summary>
    [Range(2, 4096)]
    public int LengthMax { get; set; } = 200;

    /// <summary>Passes over the data at most. Default 24.</summary>
    [Range(1, 10_000)]
    public int EpochsMax { get; set; } = 24;

    /// <summary>
    /// Transitions that a step learns from, padding included. Default 0: a 150th of all, but 512 to 6,400, so that small
    /// data get as many steps an epoch as great ones.
    /// </summary>
    [Range(0, 1_000_000)]
    public int PlacesPerStep { get; set; }

    /// <summary>Highest learning rate. Default 0.002.</summary>
    [Range(1e-7, 1.0)]
    public double LearningRate { get; set; } = 0.002;

    /// <summary>How the learning rate falls. Default cosine.</summary>
    public ScheduleShape Schedule { get; set; } = ScheduleShape.Cosine;

    /// <summary>Share of all steps that warm up. Default 0.03.</summary>
    [Range(0.0, 1.0)]
    public double WarmUpShare { get; set; } = 0.03;

    /// <summary>Weight decay of matrices. Default 0.01.</summary>
    [Range(0.0, 10.0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>Probability of dropout. Default 0.2.</summary>
    [Range(0.0, 0.9)]
    public double Dropout { get; set; } = 0.2;

    /// <summary>Works drawn a step that stand for the catalogue in the loss; 0, or as many as there are works = all of it. Default 512.</summary>
    [Range(0, 1_000_000)]
    public int SampledWorks { get; set; } = 512;

    /// <summary>Decay of the weights' moving average, which is what is validated and saved; 0 = none. Default 0.</summary>
    [Range(0.0, 0.99999)]
    public double AverageDecay { get; set; }

    /// <summary>
    /// The network learns beside the counts, what they do not know; otherwise it learns alone and the counts are added
    /// afterwards. Only where the catalogue is small enough for dense counts (8,000 works). Default true.
    /// </summary>
    public bool BesideCounts { get; set; } = true;

    /// <summary>Epochs between two validations. Default 2.</summary>
    [Range(1, 1000)]
    public int ValidateEvery { get; set; } = 2;

    /// <summary>Validations without a new best after which training ends; 0 = never early. Default 5.</summary>
    [Range(0, 1000)]
    public int Patience { get; set; } = 5;

    /// <summary>Seed of all randomness. Default 0.</summary>
    public ulong Seed { get; set; }

    /// <summary>The size of a step for data of so many transitions.</summary>
    public int PlacesFor(long transitions) => PlacesPerStep > 0 ? PlacesPerStep : (int)Math.Clamp(transitions / StepsPerEpoch, PlacesMin, PlacesMax);
}
