using System.Runtime.CompilerServices;

using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Wire;

namespace KpGrpc.LedgerServer.Tests.Wire;

public sealed class EffectEncoderTests
{
    [Fact]
    public void Encode_EveryEffectType_IsKnownToTheEncoder()
    {
        var types = typeof(Effect).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Effect)) && !type.IsAbstract).ToArray();
        Assert.NotEmpty(types);
        foreach (var type in types)
        {
            // An empty effect reaches its branch and may fail there for want of content; only an unknown type is unreachable.
            var failure = Record.Exception(() => EffectEncoder.Encode((Effect)RuntimeHelpers.GetUninitializedObject(type), 0));
            Assert.False(failure is System.Diagnostics.UnreachableException, $"{type.Name}: {failure?.Message}");
        }
    }
}
