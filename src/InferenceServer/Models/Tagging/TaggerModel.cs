using KpGrpc.InferenceServer.Models.Tagging.Crf;
using KpGrpc.InferenceServer.Models.Tagging.Network;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging;

/// <summary>A tagger in memory: how text becomes tokens, the network, its tags and, where it has one, the CRF over them. Owns its weights.</summary>
/// <param name="tokenizer">Text to tokens.</param>
/// <param name="network">The network, with a head for <paramref name="tags"/>.</param>
/// <param name="tags">The tags by index.</param>
/// <param name="crf">The CRF, or null.</param>
internal sealed class TaggerModel(TaggingTokenizer tokenizer, BertNetwork network, TagSet tags, LinearChainCrf? crf) : IDisposable
{
    /// <summary>Text to tokens.</summary>
    public TaggingTokenizer Tokenizer => tokenizer;

    /// <summary>The network.</summary>
    public BertNetwork Network => network;

    /// <summary>The tags.</summary>
    public TagSet Tags => tags;

    /// <summary>The CRF, or null.</summary>
    public LinearChainCrf? Crf => crf;

    /// <summary>Where it computes.</summary>
    public torch.Device Device => network.Device;

    /// <inheritdoc />
    public void Dispose()
    {
        crf?.Dispose();
        network.Dispose();
    }
}
