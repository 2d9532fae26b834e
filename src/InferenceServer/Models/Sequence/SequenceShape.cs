using System.ComponentModel.DataAnnotations;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>The dimensions of a sequence network, kept as <c>config.json</c> beside its weights.</summary>
internal sealed class SequenceShape
{
    /// <summary>Works that it knows. At least 1.</summary>
    [Range(1, 10_000_000)]
    public int ItemCount { get; set; }

    /// <summary>Width of the embeddings and of the learner's state. A multiple of <see cref="Heads"/>. Default 64.</summary>
    [Range(4, 4096)]
    public int Width { get; set; } = 64;

    /// <summary>Transformer blocks. Default 2.</summary>
    [Range(1, 64)]
    public int Blocks { get; set; } = 2;

    /// <summary>Attention heads a block. Default 2.</summary>
    [Range(1, 64)]
    public int Heads { get; set; } = 2;

    /// <summary>Width of the inner layer of a block's feed-forward part. Default 128.</summary>
    [Range(4, 16384)]
    public int InnerWidth { get; set; } = 128;

    /// <summary>Newest works of a history that are read. Default 200.</summary>
    [Range(2, 4096)]
    public int LengthMax { get; set; } = 200;
}
