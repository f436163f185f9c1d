//! Order in short lists.

use std::cmp::Ordering;

/// Sorts a short list by insertion; equal elements keep their order. The time grows with the square of the length,
/// but there is far less code of it for each type than of the sort of the standard library.
pub(crate) fn sort_few<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && order(&items[place - 1], &items[place]).is_gt() {
            items.swap(place - 1, place);
            place -= 1;
        }
    }
}

/// Sorts numbers, any number of them, by heap: one piece of code for all, and less of it than the sort of the standard library.
pub(crate) fn sort_numbers(numbers: &mut [f64]) {
    let sift = |numbers: &mut [f64], mut place: usize| {
        loop {
            let (left, right) = (2 * place + 1, 2 * place + 2);
            let Some(mut larger) = (left < numbers.len()).then_some(left) else {
                return;
            };
            if right < numbers.len() && numbers[right].total_cmp(&numbers[left]).is_gt() {
                larger = right;
            }
            if numbers[place].total_cmp(&numbers[larger]).is_ge() {
                return;
            }
            numbers.swap(place, larger);
            place = larger;
        }
    };
    for place in (0..numbers.len() / 2).rev() {
        sift(numbers, place);
    }
    for end in (1..numbers.len()).rev() {
        numbers.swap(0, end);
        sift(&mut numbers[..end], 0);
    }
}

#[cfg(test)]
mod tests {
    use super::{sort_few, sort_numbers};

    #[test]
    fn numbers_rise() {
        for count in 0..70_u32 {
            let mut numbers: Vec<f64> = (0..count).map(|n| f64::from(n * 37 % 23) - 9.0).collect();
            let mut expected = numbers.clone();
            expected.sort_by(f64::total_cmp);
            sort_numbers(&mut numbers);
            assert_eq!(numbers, expected);
        }
    }

    #[test]
    fn equal_elements_keep_their_order() {
        let mut items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')];
        sort_few(&mut items, |one, other| one.0.cmp(&other.0));
        assert_eq!(items, [(0, 'e'), (1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
