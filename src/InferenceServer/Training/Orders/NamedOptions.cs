using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>
/// Sets properties of a trainer's options by name and text, such as <c>learning-rate</c> to <c>0.001</c>, and checks their
/// ranges: what a verb does from its command line, an order does from a map.
/// </summary>
internal static class NamedOptions
{
    /// <summary>Names of the options, with their types.</summary>
    /// <param name="type">Class of the options.</param>
    /// <param name="apart">Properties that an order states elsewhere.</param>
    public static IReadOnlyDictionary<string, string> Describe(Type type, params string[] apart) => Properties(type)
        .Where(property => !apart.Contains(property.Name))
        .ToDictionary(property => NameOf(property), property => property.PropertyType.Name, StringComparer.Ordinal);

    /// <summary>Sets options.</summary>
    /// <exception cref="OrderException">A value is none of the option's.</exception>
    public static void Apply(object options, IReadOnlyDictionary<string, string> values)
    {
        foreach (var property in Properties(options.GetType()))
        {
            if (values.TryGetValue(NameOf(property), out var text))
            {
                Set(options, property, text);
            }
        }
    }

    private static void Set(object options, PropertyInfo property, string text)
    {
        var field = $"options[{NameOf(property)}]";
        try
        {
            property.SetValue(options, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(text));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new OrderException(OrderFault.Malformed, field, $"must be a {property.PropertyType.Name}, not '{text}'");
        }

        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateProperty(property.GetValue(options), new ValidationContext(options) { MemberName = property.Name }, faults))
        {
            throw new OrderException(OrderFault.Malformed, field, faults[0].ErrorMessage ?? "is out of range");
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && (property.PropertyType.IsPrimitive || property.PropertyType.IsEnum));

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name);
}
