using System.ComponentModel.DataAnnotations;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>
/// How a tagger is trained. The defaults are for a training from scratch on some ten thousand short texts on a CPU; a
/// fine-tuning of a published checkpoint wants about <c>--learning-rate 3e-5 --epochs 4 --swap 0</c>.
/// </summary>
internal sealed class TaggerTrainingOptions
{
    /// <summary>Encoder layers of a network from scratch. Default 2.</summary>
    [Range(1, 48)]
    public int Layers { get; set; } = 2;

    /// <summary>Width of a network from scratch; <see cref="Heads"/> divides it. Default 160.</summary>
    [Range(8, 4096)]
    public int Hidden { get; set; } = 160;

    /// <summary>Attention heads of a network from scratch. Default 4.</summary>
    [Range(1, 64)]
    public int Heads { get; set; } = 4;

    /// <summary>Width of the feed-forward layers of a network from scratch. Default 320.</summary>
    [Range(8, 16384)]
    public int Intermediate { get; set; } = 320;

    /// <summary>
    /// Whether attention of a network from scratch sees distances (<c>relative_key</c>) instead of absolute positions.
    /// Default true: with little data it learns what stands beside a character much sooner.
    /// </summary>
    public bool RelativePositions { get; set; } = true;

    /// <summary>Longest sequence in tokens; the rest of a text is cut off. Default 128.</summary>
    [Range(8, 512)]
    public int TokensMax { get; set; } = TaggingTokenizer.DefaultTokensMax;

    /// <summary>Characters seen less often are <c>[UNK]</c> in a vocabulary made from the data. Default 2.</summary>
    [Range(1, 1_000_000)]
    public int OccurrencesMin { get; set; } = 2;

    /// <summary>How mentions become tags. Default BIOES.</summary>
    public TagScheme Scheme { get; set; } = TagScheme.Bioes;

    /// <summary>Whether a CRF over the tags is trained. Default true; it is a file of its own beside the checkpoint.</summary>
    public bool Crf { get; set; } = true;

    /// <summary>Epochs of the masked language model before; 0 = none. Default 0.</summary>
    [Range(0, 10_000)]
    public int PretrainEpochs { get; set; }

    /// <summary>Peak learning rate of the masked language model. Default 1e-3.</summary>
    [Range(1e-8, 1.0)]
    public double PretrainLearningRate { get; set; } = 1e-3;

    /// <summary>Epochs at most. Default 9.</summary>
    [Range(1, 10_000)]
    public int Epochs { get; set; } = 9;

    /// <summary>Validations without a new best after which training ends; 0 = never. Default 6.</summary>
    [Range(0, 10_000)]
    public int Patience { get; set; } = 6;

    /// <summary>Texts of a step. Default 32.</summary>
    [Range(1, 4096)]
    public int BatchSize { get; set; } = 32;

    /// <summary>Peak learning rate. Default 1.3e-3.</summary>
    [Range(1e-8, 1.0)]
    public double LearningRate { get; set; } = 1.3e-3;

    /// <summary>Factor on the learning rate from each layer to the one below it, in (0, 1]; for fine-tuning. Default 1.</summary>
    [Range(0.1, 1.0)]
    public double LayerDecay { get; set; } = 1;

    /// <summary>Factor on the learning rate of a CRF, whose scores start at zero. Default 5.</summary>
    [Range(0.1, 1000.0)]
    public double CrfRateScale { get; set; } = 5;

    /// <summary>Share of the steps in which the learning rate rises. Default 0.06.</summary>
    [Range(0.0, 1.0)]
    public double WarmUpShare { get; set; } = 0.06;

    /// <summary>Weight decay of matrices. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double WeightDecay { get; set; } = 0.01;

    /// <summary>Dropout. Default 0.2.</summary>
    [Range(0.0, 0.9)]
    public double Dropout { get; set; } = 0.2;

    /// <summary>
    /// Dropout of attention weights; 0 saves the random numbers, of which there are most. Default 0: the other dropout did
    /// as well.
    /// </summary>
    [Range(0.0, 0.9)]
    public double AttentionDropout { get; set; }

    /// <summary>
    /// Share of the mentions that are replaced by another one of their label in each epoch: contexts and mentions are learned
    /// apart from each other. Default 0.3.
    /// </summary>
    [Range(0.0, 1.0)]
    public double SwapShare { get; set; } = 0.3;

    /// <summary>Share of the tokens that are read as <c>[UNK]</c>, so that an unknown one is no surprise. Default 0.03.</summary>
    [Range(0.0, 0.9)]
    public double UnknownShare { get; set; } = 0.03;

    /// <summary>Decay of the average of the weights that is validated and published, a step; 0 = the last weights. Default 0.995.</summary>
    [Range(0.0, 0.99999)]
    public double AverageDecay { get; set; } = 0.995;

    /// <summary>Share of the training texts that is held out to choose the best epoch by. Default 0.08.</summary>
    [Range(0.001, 0.9)]
    public double ValidationShare { get; set; } = 0.08;

    /// <summary>Same seed, same weights (on the CPU, with the same number of threads). Default 1.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Threads of libtorch. Default 1: a sequence is short, and two trainings side by side do more than one on two threads.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 1;
}
