using System.Reflection;
using System.Xml;
using System.Xml.Linq;

using Google.Protobuf.Reflection;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>
/// The contract's comments. Compiled descriptors carry none, but protoc writes them into the generated code, and the
/// compiler from there into the documentation file beside the assembly. Where that file is not there, there are no comments.
/// </summary>
internal sealed class ContractComments
{
    private readonly Dictionary<string, string> members;

    private ContractComments(Dictionary<string, string> members) => this.members = members;

    /// <summary>Reads the comments that lie beside the contract's assembly.</summary>
    /// <param name="contract">Any type of the contract.</param>
    public static ContractComments Read(Type contract)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.ChangeExtension(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(contract.Assembly.Location)), ".xml");
        if (!File.Exists(path))
        {
            return new ContractComments(members);
        }

        using var reader = XmlReader.Create(path);
        while (reader.ReadToFollowing("member"))
        {
            if (XNode.ReadFrom(reader) is XElement member && member.Attribute("name")?.Value is { } name && member.Element("summary") is { } summary)
            {
                members[name] = string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return new ContractComments(members);
    }

    /// <summary>Comment of a message; empty where there is none.</summary>
    public string Of(MessageDescriptor message) => Find($"T:{NameOf(message.ClrType)}");

    /// <summary>Comment of an enum.</summary>
    public string Of(EnumDescriptor @enum) => Find($"T:{NameOf(@enum.ClrType)}");

    /// <summary>Comment of a field.</summary>
    public string Of(FieldDescriptor field) => Find($"P:{NameOf(field.ContainingType.ClrType)}.{field.PropertyName}");

    /// <summary>Comment of one value of an enum.</summary>
    public string Of(EnumValueDescriptor value)
    {
        var type = value.EnumDescriptor.ClrType;
        var member = type.GetFields().FirstOrDefault(field => field.GetCustomAttribute<OriginalNameAttribute>()?.Name == value.Name);
        return member is null ? string.Empty : Find($"F:{NameOf(type)}.{member.Name}");
    }

    /// <summary>Comment of a method.</summary>
    public string Of(MethodDescriptor method)
    {
        var outer = $"M:{method.InputType.ClrType.Namespace}.{method.Service.Name}.{method.Service.Name}Base.{method.Name}(";
        return members.FirstOrDefault(member => member.Key.StartsWith(outer, StringComparison.Ordinal)).Value ?? string.Empty;
    }

    private string Find(string name) => members.GetValueOrDefault(name, string.Empty);

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');
}
