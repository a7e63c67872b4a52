// SPDX-License-Identifier: MIT
#pragma once
#include <tuple>
#include <type_traits>

namespace rxvirt {

// How a call fills a parameter; see arguments.h.
template <typename Parameter, typename = void>
struct Argument;

// How a call fills two neighbouring parameters that belong together, such as an array and its length; see
// paired_arguments.h.
template <typename First, typename Second, typename = void>
struct PairedArgument;

template <typename First, typename Second, typename = void>
constexpr bool kIsPair = false;
template <typename First, typename Second>
constexpr bool kIsPair<First, Second, std::void_t<decltype(sizeof(PairedArgument<First, Second>))>> = true;

// The arguments of a function, from the types of its parameters: one for each pair, and one for each
// parameter of no pair. `Slots` has those that were found already.
template <typename Slots, typename... Parameters>
struct ArgumentsOf;

template <typename... Slots>
struct ArgumentsOf<std::tuple<Slots...>> {
  using Types = std::tuple<Slots...>;
};

template <typename... Slots, typename Last>
struct ArgumentsOf<std::tuple<Slots...>, Last> : ArgumentsOf<std::tuple<Slots..., Argument<Last>>> {};

template <typename... Slots, typename First, typename Second, typename... Others>
struct ArgumentsOf<std::tuple<Slots...>, First, Second, Others...>
    : std::conditional_t<kIsPair<First, Second>,
                         ArgumentsOf<std::tuple<Slots..., PairedArgument<First, Second>>, Others...>,
                         ArgumentsOf<std::tuple<Slots..., Argument<First>>, Second, Others...>> {};

}  // namespace rxvirt
