namespace KpGrpc.InferenceServer.Models.Tagging.Network;

/// <summary>The shape of a BERT network for token classification, as Hugging Face's <c>config.json</c> states it.</summary>
internal sealed record BertSettings
{
    /// <summary>Tokens of the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of a token's vector (<c>hidden_size</c>).</summary>
    public required int Hidden { get; init; }

    /// <summary>Encoder layers (<c>num_hidden_layers</c>).</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads; they divide <see cref="Hidden"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward layer (<c>intermediate_size</c>).</summary>
    public required int Intermediate { get; init; }

    /// <summary>Longest sequence in tokens (<c>max_position_embeddings</c>).</summary>
    public int PositionsMax { get; init; } = 512;

    /// <summary>Kinds of segments (<c>type_vocab_size</c>); the tagger uses kind 0.</summary>
    public int SegmentKinds { get; init; } = 2;

    /// <summary>Added to a variance before its root.</summary>
    public double NormEpsilon { get; init; } = 1e-12;

    /// <summary>Dropout of sums and embeddings while training.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Dropout of attention weights while training.</summary>
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Standard deviation of fresh weights (<c>initializer_range</c>).</summary>
    public double InitialDeviation { get; init; } = 0.02;

    /// <summary>
    /// True: attention sees how far and on which side a token stands (<c>position_embedding_type</c> is <c>relative_key</c>;
    /// Shaw, Uszkoreit and Vaswani 2018), and positions are not embedded. False: embedded absolute positions.
    /// </summary>
    public bool RelativePositions { get; init; }

    /// <summary>Whether the vocabulary is lower-case (<c>do_lower_case</c> of <c>tokenizer_config.json</c>).</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Name of each tag by its index (<c>id2label</c>); empty for an encoder that was never trained to tag.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Width of one head.</summary>
    public int HeadWidth => Hidden / Heads;
}
