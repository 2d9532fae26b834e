using Mono.Cecil;
using Mono.Cecil.Cil;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Torch;

/// <summary>
/// Which methods of TorchSharp make a <see cref="Scalar"/> of their own and leave it to the collector, read from its
/// compiled code: the collector may free the number during the native call, so none of them is called here.
/// </summary>
public sealed class ScalarCallsTests : IDisposable
{
    private readonly ModuleDefinition library = ModuleDefinition.ReadModule(typeof(torch).Assembly.Location);
    private readonly Dictionary<MethodDefinition, bool> known = [];

    public void Dispose() => library.Dispose();

    [Fact]
    public void Server_CallsTorch_NeverWithScalarsThatTheLibraryMakes()
    {
        using var server = ModuleDefinition.ReadModule(typeof(Program).Assembly.Location);
        Assert.Empty(server.GetTypes().SelectMany(Faults));
    }

    [Fact]
    public void CollectorTest_CallsTorch_NeverWithScalarsThatTheLibraryMakes()
    {
        using var own = ModuleDefinition.ReadModule(typeof(ScalarsTests).Assembly.Location);
        Assert.Empty(Faults(own.GetType(typeof(ScalarsTests).FullName)));
    }

    [Fact]
    public void LeavesAScalar_OfVectorNorm_IsTrue() =>
        Assert.Contains(library.GetType("TorchSharp.torch/linalg").Methods, method => method.Name == "vector_norm" && LeavesAScalar(method));

    [Fact]
    public void LeavesAScalar_OfClone_IsFalse() =>
        Assert.DoesNotContain(library.GetType("TorchSharp.torch/Tensor").Methods, method => method.Name == "clone" && LeavesAScalar(method));

    private static IEnumerable<MethodReference> Calls(MethodDefinition method) => method.HasBody
        ? method.Body.Instructions.Where(one => one.OpCode.FlowControl == FlowControl.Call || one.OpCode == OpCodes.Newobj).Select(one => one.Operand).OfType<MethodReference>()
        : [];

    private IEnumerable<string> Faults(TypeDefinition type) =>
        from method in type.Methods
        from call in Calls(method)
        where call.DeclaringType.Scope.Name == library.Assembly.Name.Name
        from target in Targets(call)
        where LeavesAScalar(target)
        select $"{method.FullName} calls {target.FullName}";

    /// <summary>The library's methods that a call can mean: one, or where a generic one is meant, all of that name and number of parameters.</summary>
    private List<MethodDefinition> Targets(MethodReference call)
    {
        var named = library.GetType(call.DeclaringType.GetElementType().FullName)?.Methods
            .Where(method => method.Name == call.Name && method.Parameters.Count == call.Parameters.Count && method.ReturnType.Name != nameof(Scalar)).ToList() ?? [];
        return named.Find(method => method.FullName == call.FullName) is { } exact ? [exact] : named;
    }

    /// <summary>True where the method, or one that it calls in the library, makes a scalar and neither disposes nor keeps it.</summary>
    private bool LeavesAScalar(MethodDefinition method)
    {
        if (!known.TryGetValue(method, out var leaves))
        {
            known[method] = false; // for methods that call themselves
            var calls = Calls(method).ToList();
            var makes = calls.Any(call => call.ReturnType.Name == nameof(Scalar) && call.Name is "op_Implicit" or "ToScalar");
            var keeps = calls.Any(call => call.Name is nameof(IDisposable.Dispose) or nameof(GC.KeepAlive));
            leaves = (makes && !keeps) || calls.SelectMany(Targets).Any(LeavesAScalar);
            known[method] = leaves;
        }

        return leaves;
    }
}
